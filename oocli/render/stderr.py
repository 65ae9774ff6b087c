"""stderr: errors, hints, notes, waits, logs and prompts. Never data."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress

from oocli.model.errors import OocliError, PipeClosed, StorageError, UsageError
from oocli.model.secret import redact, redacted_line
from oocli.model.text import escape_control
from oocli.render.progress import Progress
from oocli.render.terminal import Terminal


class Stderr:
    """The one writer of stderr, and the asker of questions. It is also the core's listener.

    `quiet` keeps everything but errors away; `as_json` leaves nothing but one error object.
    """

    def __init__(
        self,
        terminal: Terminal,
        *,
        quiet: bool = False,
        as_json: bool = False,
        verbosity: int = 0,
        debug: bool = False,
        may_ask: bool = True,
    ) -> None:
        self._terminal = terminal
        self._silent = quiet or as_json
        self._as_json = as_json
        self._verbose = verbosity > 0 or debug
        self.debug = debug
        self._may_ask = may_ask and terminal.can_ask
        self._progress: Progress | None = None
        if terminal.stderr_is_terminal and not self._silent:
            self._progress = Progress(self._write, terminal.width)
        if self._verbose:
            from oocli.render.log import log_to  # noqa: PLC0415 - only with -v or --debug

            log_to(self.log, verbosity, debug=debug)

    @property
    def can_ask(self) -> bool:
        """Whether a question would find a person."""
        return self._may_ask

    def error(self, failure: OocliError) -> None:
        """Tell a failure: one line and at most one hint, or one JSON object."""
        if isinstance(failure, PipeClosed):
            return
        if self._as_json:
            self._line(json.dumps({"error": failure.as_dict()}, ensure_ascii=True))
            return
        self._line(f"oocli: {redact(str(failure))}")
        if failure.hint:
            self._line(f"hint: {redact(failure.hint)}")

    def note(self, text: str) -> None:
        """Tell something that is no failure."""
        if not self._silent:
            self._line(redacted_line(text, 1000))

    def block(self, lines: list[str]) -> None:
        """Tell several lines."""
        for line in lines:
            if not self._silent:
                self._line(line)

    def warn(self, text: str) -> None:
        """Tell something that should worry."""
        self.note(f"warning: {text}")

    def waiting(self, seconds: float, why: str) -> None:
        """Tell a wait: to a person from half a second, elsewhere from ten seconds or with -v."""
        longest_untold = 0.5 if self._terminal.stderr_is_terminal else 10.0
        if seconds >= longest_untold or self._verbose:
            self.note(f"waiting {seconds:.0f} s: {why}" if seconds >= 1 else f"again: {why}")

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Show a person how far a long piece of work has come, from half a second on."""
        if self._progress is not None:
            self._progress.update(done, total, unit)

    def finished(self) -> None:
        """Take away what showed the progress: the work is over."""
        if self._progress is not None:
            self._progress.end()

    def hide_progress(self) -> None:
        """Make room on the terminal for something else; more progress shows again."""
        if self._progress is not None:
            self._progress.clear()

    def log(self, text: str) -> None:
        """Write a line of the log, secrets masked."""
        if not self._as_json:
            self._line(redact(text))

    def ask(self, what: str, portal: str, option: str) -> str:
        """Ask for a line that may be seen. `what` is the word for it, `option` what answers it.

        Raises `UsageError` where nobody can be asked, or at the end of input.
        """
        self._must_ask(what, option)
        self._prompt(what, portal)
        line = _typed_line()
        if not line:
            self._line("")
            raise UsageError(f"no {what} was given", hint=f"give it with {option}")
        return line.rstrip("\r\n")

    def ask_hidden(self, what: str, portal: str, option: str) -> str:
        """Ask for a line that must not be seen."""
        self._must_ask(what, option)
        import getpass  # noqa: PLC0415 - only for a person at a terminal

        try:
            return getpass.getpass(_question(what, portal), sys.stderr)
        except EOFError:
            self._line("")
            raise UsageError(f"no {what} was given", hint=f"give it with {option}") from None

    def confirm(self, question: str, option: str) -> bool:
        """Ask yes or no; anything but yes is no."""
        self._must_ask("confirmation", option)
        self._write(f"{redacted_line(question, 1000)} [y/N] ")
        line = _typed_line()
        if not line:
            self._line("")
        return line.strip().lower() in ("y", "yes")

    def must_ask(self, what: str, option: str) -> None:
        """Raise `UsageError` where nobody can be asked for `what`."""
        self._must_ask(what, option)

    def _must_ask(self, what: str, option: str) -> None:
        if not self._may_ask:
            raise UsageError(
                f"the {what} is missing, and there is nobody to ask", hint=f"give it with {option}"
            )

    def _prompt(self, what: str, portal: str) -> None:
        self._write(_question(what, portal))

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


def _typed_line() -> str:
    """Return what a person typed, with its newline; nothing at the end of input."""
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError:
        raise UsageError("what was typed is not text in the encoding of this terminal") from None
    except (OSError, ValueError) as failure:  # a terminal that hung up
        why = getattr(failure, "strerror", None) or str(failure)
        raise StorageError(f"the terminal cannot be read: {why}") from None


def _question(what: str, portal: str) -> str:
    return redacted_line(f"{what} for {portal}" if portal else what, 200) + ": "
