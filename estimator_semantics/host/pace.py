"""A pace: how many steps had run after so many seconds, in a few points."""

POINTS = 20


class Pace:
    """Keeps some of the points that it is told, spread evenly over the time however long that takes.

    Args:
        begun: the time at which it started, in seconds of the clock that the points go by.
    """

    def __init__(self, begun: float) -> None:
        self._begun = begun
        self._apart = 0.0
        self._points: list[tuple[float, int]] = []

    def add(self, now: float, step: int) -> None:
        """Note that so many steps have run by now."""
        seconds = round(now - self._begun, 2)
        if self._points and seconds - self._points[-1][0] < self._apart:
            return
        self._points.append((seconds, step))
        if len(self._points) > POINTS:
            self._points = self._points[1::2]
            self._apart = 2 * seconds / POINTS

    @property
    def points(self) -> list[tuple[float, int]]:
        """Seconds since the start and steps run by then, the earliest first; at most `POINTS` of them."""
        return list(self._points)
