"""Everything that is written to stderr: errors, notes, the log, progress and prompts."""

from __future__ import annotations

import getpass
import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from oocli.model.errors import MAX_MESSAGE, OocliError, PipeClosed, StorageError, UsageError
from oocli.model.local_files import TransferProgress
from oocli.model.secret import Redactor
from oocli.model.text import escape_control, one_line, readable_size
from oocli.render.terminal import DIM, RED, Terminal, styled

PROGRESS_AFTER = 0.5  # seconds of work before its progress is shown
PROGRESS_EVERY = 0.1  # seconds between two updates of it


class Stderr:
    """Writes to stderr, asks questions, and reports the progress of the run.

    With `quiet` it writes only errors, with `as_json` only one JSON object with the error.
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
        self.can_ask = may_ask and terminal.can_ask
        self._progress = ProgressLine(
            self._write, terminal.width, is_shown=terminal.stderr_is_terminal and not self._silent
        )
        if self._verbose:
            log = logging.getLogger("oocli")
            log.handlers[:] = [_LogHandler(self)]
            log.propagate = False
            # -v logs requests, -vv headers too, --debug everything.
            log.setLevel(1 if debug else logging.INFO if verbosity == 1 else logging.DEBUG)

    def error(self, failure: OocliError) -> None:
        """Write an error: its message and hint on a line each, or as one JSON object."""
        if isinstance(failure, PipeClosed):
            return
        if self._as_json:
            self._line(json.dumps({"error": failure.as_dict(self._redactor.mask)}))
            return
        self._line(self._fit(failure.message), before="oocli: ", style=RED)
        if failure.hint:
            self._line(f"hint: {self._fit(failure.hint)}", style=DIM)

    def note(self, text: str) -> None:
        """Write a message that is not an error."""
        if not self._silent:
            self._line(self._fit(text))

    def block(self, lines: list[str]) -> None:
        """Write lines without masking secrets in them."""
        if not self._silent:
            for line in lines:
                self._line(line)

    def warn(self, text: str) -> None:
        """Write a warning."""
        self.note(f"warning: {text}")

    def waiting(self, seconds: float, why: str) -> None:
        """Report a wait of at least 10 s, on a terminal of 0.5 s, with -v of any length."""
        shortest = 0.5 if self._terminal.stderr_is_terminal else 10.0
        if seconds >= shortest or self._verbose:
            self.note(f"waiting {_short_wait(seconds)}: {why}")

    def retrying(self, seconds: float, why: str, number: int, total: int) -> None:
        """Report that retry `number` of at most `total` follows in so many seconds."""
        self.note(f"retry {number} of {total} in {_short_wait(seconds)}: {why}")

    def saved(self, path: str, size: int) -> None:
        """Report on a terminal that a file of `size` bytes was written."""
        if self._terminal.stderr_is_terminal:
            self.note(f"saved {path} ({size:,} {'byte' if size == 1 else 'bytes'})")

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Show on a terminal how much is done; `unit` is `bytes`, `items` and the like."""
        self._progress.draw(lambda seconds, _: progress_line(done, total, unit, seconds))

    def counted(self, chunks: Iterable[bytes], total: int | None) -> Iterator[bytes]:
        """Yield the chunks, and show on a terminal how many of `total` bytes have passed."""
        done = 0
        for chunk in chunks:
            done += len(chunk)
            self.progress(done, total, "bytes")
            yield chunk

    def transferring(self, progress: TransferProgress) -> None:
        """Show on a terminal how many files and bytes are transferred."""
        self._progress.draw(lambda seconds, width: transfer_line(progress, seconds, width))

    def finished(self) -> None:
        """Erase the progress line: the work has ended."""
        self._progress.end()

    @contextmanager
    def busy(self, doing: Callable[[], str]) -> Iterator[None]:
        """Show on a terminal what the block is doing, and erase it at the end."""
        if not self._progress.is_shown:
            yield
            return
        is_done = threading.Event()

        def draw() -> None:
            """Update the line until the block has ended."""
            while not is_done.wait(PROGRESS_EVERY):
                self._progress.draw(lambda *_: escape_control(doing()))

        thread = threading.Thread(target=draw, daemon=True)
        thread.start()
        try:
            yield
        finally:
            is_done.set()
            thread.join()
            self._progress.end()

    def hide_progress(self) -> None:
        """Erase the progress line; the next report draws it again."""
        self._progress.clear()

    def log(self, text: str) -> None:
        """Write a line of the log with its secrets masked."""
        if not self._as_json:
            self._line(self._redactor.redact(text))

    def ask(self, what: str, portal: str, option: str, default: str = "") -> str:
        """Ask for `what` and return the answer, or `default` if the line is empty.

        `option` is the command-line option that gives the same value. Raises `UsageError` if
        prompts are not possible, or at the end of input.
        """
        self.must_ask(what, option)
        self._write(self._question(what, portal, default))
        line = self._read_line()
        if not line:
            raise UsageError(f"no {what} was given", hint=f"give it with {option}")
        return line.rstrip("\r\n") or default

    def ask_hidden(self, what: str, portal: str, option: str) -> str:
        """Ask for a secret, without showing what is typed. Raises as `ask` does."""
        self.must_ask(what, option)
        try:
            return getpass.getpass(self._question(what, portal), sys.stderr)
        except EOFError:
            self._line("")
            raise UsageError(f"no {what} was given", hint=f"give it with {option}") from None

    def confirm(self, question: str, option: str) -> bool:
        """Ask a question and return whether the answer is y or yes."""
        self.must_ask("confirmation", option)
        self._write(f"{self._fit(question)} [y/N] ")
        return self._read_line().strip().lower() in ("y", "yes")

    def must_ask(self, what: str, option: str) -> None:
        """Raise `UsageError` if nobody can be asked for `what`."""
        if not self.can_ask:
            raise UsageError(
                f"no {what} was given, and oocli cannot prompt here", hint=f"give it with {option}"
            )

    def _question(self, what: str, portal: str, default: str = "") -> str:
        text = f"{what} for {portal}" if portal else what
        return self._fit(text + (f" [{default}]" if default else ""), 200) + ": "

    def _read_line(self) -> str:
        """Return the line that a person types, with its newline; empty at the end of input."""
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            raise UsageError("the input is not text in the encoding of this terminal") from None
        except (OSError, ValueError) as failure:  # the terminal was closed
            why = getattr(failure, "strerror", None) or str(failure)
            raise StorageError(f"the terminal cannot be read: {why}") from None
        if not line:
            self._line("")
        return line

    def _fit(self, text: str, limit: int = MAX_MESSAGE) -> str:
        """Return text on one line of at most `limit` characters, with its secrets masked.

        Masked before the text is cut, since a part of a secret would not be recognized.
        """
        return one_line(self._redactor.redact(text), limit)

    def _line(self, text: str, *, before: str = "", style: str = "") -> None:
        """Write exactly one line: line breaks in `text` are escaped.

        `style` colors `before` or, if that is empty, the whole line.
        """
        self.hide_progress()
        style = style if self._terminal.stderr_color else ""
        text = escape_control(text)
        text = styled(before, style) + text if before else styled(text, style)
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
            return  # stderr is closed
        except OSError:
            # The reader of stderr has ended. Python flushes the buffer again when it exits, which
            # must not fail.
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class ProgressLine:
    """One line on a terminal that shows how much of some work is done, and is erased at the end.

    It is written through `write`, at most `width` columns wide; `clock` returns seconds. Nothing is
    written unless `is_shown`.
    """

    def __init__(
        self,
        write: Callable[[str], None],
        width: Callable[[], int],
        clock: Callable[[], float] = time.monotonic,
        *,
        is_shown: bool = True,
    ) -> None:
        self._write, self._width, self._clock = write, width, clock
        self.is_shown = is_shown
        self._began: float | None = None
        self._drawn_at = 0.0
        self._length = 0

    def draw(self, text_of: Callable[[float, int], str]) -> None:
        """Show the text that `text_of` returns for the seconds so far and the width.

        The first half second of the work shows nothing, and then ten texts a second are enough.
        """
        if not self.is_shown:
            return
        now = self._clock()
        if self._began is None:
            self._began = now
        if now - self._began < PROGRESS_AFTER or now - self._drawn_at < PROGRESS_EVERY:
            return
        self._drawn_at = now
        width = max(self._width() - 1, 10)
        text = text_of(now - self._began, width)[:width]
        self._write("\r" + text.ljust(self._length))
        self._length = len(text)

    def clear(self) -> None:
        """Erase the line; the work continues and may draw it again."""
        if self._length:
            self._write("\r" + " " * self._length + "\r")
        self._length = 0

    def end(self) -> None:
        """Erase the line: the work has ended."""
        self.clear()
        self._began = None


class _LogHandler(logging.Handler):
    """Writes the records of the logger `oocli` to stderr."""

    def __init__(self, messages: Stderr) -> None:
        super().__init__()
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        self._messages.log(record.getMessage())


def progress_line(done: int, total: int | None, unit: str, seconds: float) -> str:
    """Return `12.3 MB of 1.0 GB (1%), 4.5 MB/s, 3:40 left` or `300 of 1200 items (25%), ...`."""
    in_bytes = unit == "bytes"
    rate = done / seconds if seconds > 0 else 0.0
    text = readable_size(done) if in_bytes else str(done)
    if total:
        text += f" of {readable_size(total) if in_bytes else total}"
    if not in_bytes:
        text += f" {unit}"
    if total:
        text += f" ({_percent(done, total)}%)"
    if in_bytes and rate:
        text += f", {readable_size(rate)}/s"
    if total and rate and done < total:
        text += f", {_duration((total - done) / rate)} left"
    return text


def transfer_line(progress: TransferProgress, seconds: float, width: int) -> str:
    """Return `12 of 340 files, 1.2 MB of 1.0 GB (1%), 4.5 MB/s, 3:40 left`, or a shorter form.

    Until all files are listed, their number is shown as `340+`, without a total size or time left.
    """
    files, all_files, done, total, is_listed = progress
    known = f"{all_files}" if is_listed else f"{all_files}+"
    rate = f"{readable_size(done / seconds)}/s" if done > 0 and seconds > 0 else ""
    size = short_size = readable_size(max(done, 0))
    left = ""
    if is_listed and total:
        part = min(done / total, files / all_files if all_files > 1 else 1.0)
        size += f" of {readable_size(total)} ({_percent(done, total)}%)"
        short_size += f"/{readable_size(total)}"
        left = _duration(seconds * (1 - part) / part) if 0 < part < 1 else ""
    long = [f"{files} of {known} files", size, rate, left and f"{left} left"]
    short = [f"{files}/{known} files", short_size, rate, left]
    lines = [", ".join(filter(None, form)) for form in (long, short, short[:3], short[:2])]
    return next((line for line in lines if len(line) <= width), f"{files}/{known}")


def _percent(done: int, total: int) -> int:
    return min(100, max(0, 100 * done // total))


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _short_wait(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds >= 1 else f"{seconds:.1f} s"
