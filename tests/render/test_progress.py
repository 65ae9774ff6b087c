"""The progress line: when it is shown, its text, and that it is erased."""

import pytest

from oocli.model.local_files import TransferProgress
from oocli.render.stderr import ProgressLine, progress_line, transfer_line


class Screen:
    """A line of a terminal, with a clock that the test sets."""

    def __init__(self, width=80):
        self.now, self.line, self.at, self.writes = 0.0, "", 0, 0
        self.progress = ProgressLine(self.write, lambda: width, lambda: self.now)

    def update(self, done, total, unit):
        """Draw the progress of some work."""
        self.progress.draw(lambda seconds, _: progress_line(done, total, unit, seconds))

    def write(self, text):
        self.writes += 1
        for character in text:
            if character == "\r":
                self.at = 0
            else:
                self.line = self.line[: self.at] + character + self.line[self.at + 1 :]
                self.at += 1


def test_nothing_is_shown_in_the_first_half_second():
    screen = Screen()
    for tenth in range(5):
        screen.now = tenth / 10
        screen.update(tenth, 10, "items")

    assert (screen.writes, screen.line) == (0, "")


def test_the_line_is_drawn_at_most_ten_times_a_second_and_erased_at_the_end():
    screen = Screen()
    for step in range(1000):
        screen.now = step / 500
        screen.update(step, 1000, "items")
    drawn, seen = screen.writes, screen.line

    screen.progress.end()

    assert 10 <= drawn <= 16
    assert seen.startswith("9")
    assert (screen.line.strip(), screen.at) == ("", 0)


def test_the_line_fits_the_terminal():
    screen = Screen(width=20)
    screen.update(0, 10**9, "bytes")
    screen.now = 1.0
    screen.update(10**8, 10**9, "bytes")

    assert 0 < len(screen.line) < 20


@pytest.mark.parametrize(
    ("done", "total", "unit", "text"),
    [
        (12_345_678, 1_000_000_000, "bytes", "12.3 MB of 1.0 GB (1%), 6.2 MB/s, 2:40 left"),
        (999, None, "bytes", "999 B, 500 B/s"),
        (300, 1200, "items", "300 of 1200 items (25%), 0:06 left"),
        (300, None, "items", "300 items"),
        (10, 10, "calls", "10 of 10 calls (100%)"),
        (0, 0, "bytes", "0 B"),
    ],
)
def test_the_line_shows_amount_percentage_speed_and_time_left(done, total, unit, text):
    assert progress_line(done, total, unit, 2.0) == text


HALF = TransferProgress(170, 340, 512_000_000, 1_024_000_000, is_listed=True)


@pytest.mark.parametrize(
    ("progress", "width", "text"),
    [
        (HALF, 80, "170 of 340 files, 512 MB of 1.0 GB (50%), 5.1 MB/s, 1:40 left"),
        (HALF, 50, "170/340 files, 512 MB/1.0 GB, 5.1 MB/s, 1:40"),
        (HALF, 40, "170/340 files, 512 MB/1.0 GB, 5.1 MB/s"),
        (HALF, 30, "170/340 files, 512 MB/1.0 GB"),
        (HALF, 10, "170/340"),
        (HALF._replace(is_listed=False), 80, "170 of 340+ files, 512 MB, 5.1 MB/s"),
        (TransferProgress(0, 1, 0, 100, is_listed=True), 80, "0 of 1 files, 0 B of 100 B (0%)"),
        (TransferProgress(), 80, "0 of 0+ files, 0 B"),
        # Of many small files, a few large ones are left: the bytes give the remaining time.
        (
            HALF._replace(files=339),
            80,
            "339 of 340 files, 512 MB of 1.0 GB (50%), 5.1 MB/s, 1:40 left",
        ),
    ],
)
def test_the_line_of_files_is_shortened_to_the_width(progress, width, text):
    assert transfer_line(progress, 100.0, width) == text
