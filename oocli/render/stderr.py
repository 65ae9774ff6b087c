"""stderr: errors, hints, notes, waits, logs and prompts. Never data."""

from __future__ import annotations

import json
import logging
import os
import sys
from contextlib import suppress

from oocli.model.errors import MAX_MESSAGE, OocliError, PipeClosed, StorageError, UsageError
from oocli.model.secret import Redactor
from oocli.model.text import escape_control, one_line
from oocli.render.progress import Progress
from oocli.render.terminal import Terminal


class Stderr:
    """The only writer to stderr. It asks questions, and is the progress reporter of the run.

    `quiet` writes nothing but errors; `as_json` nothing but one error object.
    """

    def __init__(
        self,
        terminal: Terminal,
        redactor: Redactor,
        *,
        quiet: bool = False,
        as_json: bool = False,
        verbosity: int = 0,
        debug: bool = False,
        may_ask: bool = True,
    ) -> None:
        self._terminal, self._redactor = terminal, redactor
        self._silent = quiet or as_json
        self._as_json = as_json
        self._verbose = verbosity > 0 or debug
        self.debug = debug
        self._may_ask = may_ask and terminal.can_ask
        self._progress: Progress | None = None
        if terminal.stderr_is_terminal and not self._silent:
            self._progress = Progress(self._write, terminal.width)
        if self._verbose:
            log = logging.getLogger("oocli")
            log.handlers[:] = [_LogHandler(self)]
            log.propagate = False
            # Requests with -v, headers with -vv, everything with --debug.
            log.setLevel(1 if debug else logging.INFO if verbosity == 1 else logging.DEBUG)

    @property
    def can_ask(self) -> bool:
        """Whether a person is there to answer a question."""
        return self._may_ask

    def error(self, failure: OocliError) -> None:
        """Write an error: one line and at most one hint, or one JSON object."""
        if isinstance(failure, PipeClosed):
            return
        if self._as_json:
            self._line(json.dumps({"error": failure.as_dict(self._redactor.mask)}))
            return
        self._line(f"oocli: {self._fit(failure.message)}")
        if failure.hint:
            self._line(f"hint: {self._fit(failure.hint)}")

    def note(self, text: str) -> None:
        """Write a message that is not an error."""
        if not self._silent:
            self._line(self._fit(text))

    def block(self, lines: list[str]) -> None:
        """Write several lines as they are: secrets in them are meant to be seen."""
        for line in lines:
            if not self._silent:
                self._line(line)

    def warn(self, text: str) -> None:
        """Write a warning."""
        self.note(f"warning: {text}")

    def waiting(self, seconds: float, why: str) -> None:
        """Report a wait: on a terminal from half a second, elsewhere from ten seconds or with -v."""
        longest_silent = 0.5 if self._terminal.stderr_is_terminal else 10.0
        if seconds >= longest_silent or self._verbose:
            self.note(f"waiting {seconds:.0f} s: {why}" if seconds >= 1 else f"again: {why}")

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Show on a terminal how much is done, from half a second on."""
        if self._progress is not None:
            self._progress.update(done, total, unit)

    def finished(self) -> None:
        """Remove the line of progress: the work has ended."""
        if self._progress is not None:
            self._progress.end()

    def hide_progress(self) -> None:
        """Remove the line of progress, to write something else; the next progress shows it again."""
        if self._progress is not None:
            self._progress.clear()

    def log(self, text: str) -> None:
        """Write a line of the log, secrets masked."""
        if not self._as_json:
            self._line(self._redactor.redact(text))

    def ask(self, what: str, portal: str, option: str) -> str:
        """Ask for a line that may be seen. `what` is the word for it, `option` what answers it.

        Raises `UsageError` where nobody can be asked, or at the end of input.
        """
        self.must_ask(what, option)
        self._write(self._question(what, portal))
        line = _typed_line()
        if not line:
            self._line("")
            raise UsageError(f"no {what} was given", hint=f"give it with {option}")
        return line.rstrip("\r\n")

    def ask_hidden(self, what: str, portal: str, option: str) -> str:
        """Ask for a line that must not be seen."""
        self.must_ask(what, option)
        import getpass  # noqa: PLC0415 - only for a person at a terminal

        try:
            return getpass.getpass(self._question(what, portal), sys.stderr)
        except EOFError:
            self._line("")
            raise UsageError(f"no {what} was given", hint=f"give it with {option}") from None

    def confirm(self, question: str, option: str) -> bool:
        """Ask yes or no; anything but yes is no."""
        self.must_ask("confirmation", option)
        self._write(f"{self._fit(question)} [y/N] ")
        line = _typed_line()
        if not line:
            self._line("")
        return line.strip().lower() in ("y", "yes")

    def must_ask(self, what: str, option: str) -> None:
        """Raise `UsageError` where nobody can be asked for `what`."""
        if not self._may_ask:
            raise UsageError(
                f"the {what} is missing, and there is nobody to ask", hint=f"give it with {option}"
            )

    def _question(self, what: str, portal: str) -> str:
        return self._fit(f"{what} for {portal}" if portal else what, 200) + ": "

    def _fit(self, text: str, limit: int = MAX_MESSAGE) -> str:
        """Return a text on one line, secrets masked first: half a secret would not be found."""
        return one_line(self._redactor.redact(text), limit)

    def _line(self, text: str) -> None:
        """Write one line, and no more than one: line breaks inside are escaped as well."""
        self.hide_progress()
        self._write(escape_control(text) + "\n")

    def _write(self, text: str) -> None:
        stream = sys.stderr
        if stream is None:
            return
        try:
            encoding = getattr(stream, "encoding", None) or "utf-8"
            stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
            stream.flush()
        except ValueError:
            return  # closed: nowhere left to tell it
        except OSError:
            # Its reader is gone. Python writes what is left in the buffer once more at the end, and
            # must not make a failure of that.
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class _LogHandler(logging.Handler):
    """Writes the records of the logger `oocli` to stderr, secrets masked."""

    def __init__(self, messages: Stderr) -> None:
        super().__init__()
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        self._messages.log(record.getMessage())


def _typed_line() -> str:
    """Return what a person typed, with its newline; nothing at the end of input."""
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError:
        raise UsageError("what was typed is not text in the encoding of this terminal") from None
    except (OSError, ValueError) as failure:  # a terminal that hung up
        why = getattr(failure, "strerror", None) or str(failure)
        raise StorageError(f"the terminal cannot be read: {why}") from None
