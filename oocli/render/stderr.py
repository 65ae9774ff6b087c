"""stderr: errors, hints, notes, waits, logs and prompts. Never data."""

from __future__ import annotations

import getpass
import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from oocli.model.errors import MAX_MESSAGE, OocliError, PipeClosed, StorageError, UsageError
from oocli.model.local_files import TransferProgress
from oocli.model.secret import Redactor
from oocli.model.text import escape_control, one_line, readable_size
from oocli.render.terminal import Terminal

FIRST = 0.5  # seconds before progress shows
EVERY = 0.1  # seconds between two drawings of it
_RED, _DIM = "\x1b[31m", "\x1b[2m"


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
        self._progress: ProgressLine | None = None
        if terminal.stderr_is_terminal and not self._silent:
            self._progress = ProgressLine(self._write, terminal.width)
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
        self._line(self._fit(failure.message), before="oocli: ", style=_RED)
        if failure.hint:
            self._line(f"hint: {self._fit(failure.hint)}", style=_DIM)

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
        """Report a wait: from half a second on a terminal, else from ten seconds or with -v."""
        longest_silent = 0.5 if self._terminal.stderr_is_terminal else 10.0
        if seconds >= longest_silent or self._verbose:
            self.note(f"waiting {seconds:.0f} s: {why}" if seconds >= 1 else f"again: {why}")

    def retrying(self, seconds: float, why: str, number: int, total: int) -> None:
        """Report a retry, `number` of at most `total`, in one line."""
        wait = f"{seconds:.0f}" if seconds >= 1 else f"{seconds:.1f}"
        self.note(f"retry {number} of {total} in {wait} s: {why}")

    def saved(self, path: str, size: int) -> None:
        """Tell a person which file was written, and how many bytes it has."""
        if self._terminal.stderr_is_terminal:
            self.note(f"saved {path} ({size:,} {'byte' if size == 1 else 'bytes'})")

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Show on a terminal how much is done, from half a second on."""
        if self._progress is not None:
            self._progress.update(done, total, unit)

    def transferring(self, progress: TransferProgress) -> None:
        """Show on a terminal how far a transfer of files is, from half a second on."""
        if self._progress is not None:
            self._progress.draw(lambda seconds, width: transfer_line(progress, seconds, width))

    def finished(self) -> None:
        """Remove the line of progress: the work has ended."""
        if self._progress is not None:
            self._progress.end()

    @contextmanager
    def busy(self, doing: Callable[[], str]) -> Iterator[None]:
        """Show on a terminal what the block is doing, from half a second on, and erase it."""
        line = self._progress
        if line is None:
            yield
            return
        is_done = threading.Event()

        def draw() -> None:
            while not is_done.wait(EVERY):
                line.draw(lambda *_: escape_control(doing()))

        drawing = threading.Thread(target=draw, daemon=True)
        drawing.start()
        try:
            yield
        finally:
            is_done.set()
            drawing.join()
            line.end()

    def hide_progress(self) -> None:
        """Remove the line of progress; the next report draws it again."""
        if self._progress is not None:
            self._progress.clear()

    def log(self, text: str) -> None:
        """Write a line of the log, secrets masked."""
        if not self._as_json:
            self._line(self._redactor.redact(text))

    def ask(self, what: str, portal: str, option: str, default: str = "") -> str:
        """Ask for a line that may be seen. `what` is the word for it, `option` what answers it.

        An empty line means `default`, which stands in brackets. Raises `UsageError` where nobody
        can be asked, or at the end of input.
        """
        self.must_ask(what, option)
        self._write(self._question(what, portal, default))
        line = _typed_line()
        if not line:
            self._line("")
            raise UsageError(f"no {what} was given", hint=f"give it with {option}")
        return line.rstrip("\r\n") or default

    def ask_hidden(self, what: str, portal: str, option: str) -> str:
        """Ask for a line that must not be seen."""
        self.must_ask(what, option)
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

    def _question(self, what: str, portal: str, default: str = "") -> str:
        text = f"{what} for {portal}" if portal else what
        return escape_control(self._fit(text + (f" [{default}]" if default else ""), 200)) + ": "

    def _fit(self, text: str, limit: int = MAX_MESSAGE) -> str:
        """Return a text on one line, secrets masked first: half a secret would not be found."""
        return one_line(self._redactor.redact(text), limit)

    def _line(self, text: str, *, before: str = "", style: str = "") -> None:
        """Write one line, and no more than one: line breaks inside are escaped as well.

        `style` colours `before`, or where there is none the whole line.
        """
        self.hide_progress()
        text = escape_control(text)
        if style and self._terminal.stderr_colour:
            text = f"{style}{before}\x1b[0m{text}" if before else f"{style}{text}\x1b[0m"
        else:
            text = before + text
        self._write(text + "\n")

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


class ProgressLine:
    """How much of a long piece of work is done: one line on a terminal, erased at the end.

    It is drawn through `write`, at most `width` columns wide; `clock` gives seconds.
    """

    def __init__(
        self,
        write: Callable[[str], None],
        width: Callable[[], int],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write, self._width, self._clock = write, width, clock
        self._began: float | None = None
        self._drawn_at = 0.0
        self._length = 0

    def update(self, done: int, total: int | None, unit: str) -> None:
        """Take the state of the work, and draw it if it is time to."""
        self.draw(lambda seconds, _: progress_line(done, total, unit, seconds))

    def draw(self, text_of: Callable[[float, int], str]) -> None:
        """Draw what `text_of` returns for the seconds so far and the columns, if it is time to."""
        now = self._clock()
        if self._began is None:
            self._began = now
        if now - self._began < FIRST or now - self._drawn_at < EVERY:
            return
        self._drawn_at = now
        width = max(self._width() - 1, 10)
        text = text_of(now - self._began, width)[:width]
        self._write("\r" + text.ljust(self._length))
        self._length = len(text)

    def clear(self) -> None:
        """Erase the line; the work goes on, and may draw it again."""
        if self._length:
            self._write("\r" + " " * self._length + "\r")
        self._length = 0

    def end(self) -> None:
        """Erase the line: the work has ended."""
        self.clear()
        self._began = None


class _LogHandler(logging.Handler):
    """Writes the records of the logger `oocli` to stderr, secrets masked."""

    def __init__(self, messages: Stderr) -> None:
        super().__init__()
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        self._messages.log(record.getMessage())


def progress_line(done: int, total: int | None, unit: str, seconds: float) -> str:
    """Return `12.3 MB of 1.0 GB (1%), 4.5 MB/s, 3:40 left`, or `300 of 1200 items (25%), ...`."""
    in_bytes = unit == "bytes"
    rate = done / seconds if seconds > 0 else 0.0
    text = readable_size(done) if in_bytes else str(done)
    if total:
        whole = readable_size(total) if in_bytes else str(total)
        text += f" of {whole}"
    if not in_bytes:
        text += f" {unit}"
    if total:
        text += f" ({min(100, 100 * done // total)}%)"
    if in_bytes and rate:
        text += f", {readable_size(rate)}/s"
    if total and rate and done < total:
        text += f", {_span((total - done) / rate)} left"
    return text


def transfer_line(progress: TransferProgress, seconds: float, width: int) -> str:
    """Return `12 of 340 files, 1.2 MB of 1.0 GB (1%), 4.5 MB/s, 3:40 left`, or less of it.

    Less where it has no room, and where the number of files is not known yet (`12 of 340+ files`).
    """
    files, all_files, done, total, is_listed = progress
    known = f"{all_files}" if is_listed else f"{all_files}+"
    rate = f"{readable_size(done / seconds)}/s" if done > 0 and seconds > 0 else ""
    size = of = readable_size(max(done, 0))
    left = ""
    if is_listed and total:
        part = min(done / total, files / all_files if all_files > 1 else 1.0)
        size += f"/{readable_size(total)}"
        of += f" of {readable_size(total)} ({min(100, max(0, 100 * done // total))}%)"
        left = _span(seconds * (1 - part) / part) if 0 < part < 1 else ""
    long = [f"{files} of {known} files", of, rate, left and f"{left} left"]
    short = [f"{files}/{known} files", size, rate, left]
    forms = [long, short, short[:3], short[:2]]
    lines = [", ".join(part for part in form if part) for form in forms]
    return next((line for line in lines if len(line) <= width), f"{files}/{known}")


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _typed_line() -> str:
    """Return what a person typed, with its newline; nothing at the end of input."""
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError:
        raise UsageError("what was typed is not text in the encoding of this terminal") from None
    except (OSError, ValueError) as failure:  # a terminal that hung up
        why = getattr(failure, "strerror", None) or str(failure)
        raise StorageError(f"the terminal cannot be read: {why}") from None
