"""A real browser: Debian's chromium without a window, driven by selenium. Nothing of it uses the network."""

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
)

# Less than the 120 s that selenium waits for an answer.
PATIENCE_SECONDS = 100
BUSY = "return document.querySelector('[aria-busy]') !== null"


def lacking() -> str:
    """Return what a test in a browser needs and is not here; empty when all is."""
    there = {
        "chromium": CHROMIUM,
        "chromium-driver": DRIVER,
        "selenium": importlib.util.find_spec("selenium"),
        "axe-core (of axe-playwright-python)": axe_path(),
    }
    return " and ".join(name for name, found in there.items() if not found)


def is_asked_for() -> bool:
    """Return whether the extra `browser` is installed: whoever installs it wants the page tested in one."""
    return importlib.util.find_spec("selenium") is not None


def axe_path() -> Path | None:
    """Return the file of axe-core, which looks for what people cannot read or reach."""
    # The package is a carrier only; it is not imported, and playwright not used.
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        return None
    path = Path(found.submodule_search_locations[0]) / "axe.min.js"
    return path if path.is_file() else None


@contextmanager
def browser() -> Iterator[Any]:
    """Start a browser with a profile of its own, and end it."""
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in FLAGS:
        options.add_argument(flag)
    with TemporaryDirectory(prefix="estimator-semantics-chromium-", ignore_cleanup_errors=True) as profile:
        options.add_argument(f"--user-data-dir={profile}")
        driver = Chrome(options=options, service=ChromeService(DRIVER))
        driver.set_script_timeout(PATIENCE_SECONDS)
        try:
            yield driver
        finally:
            driver.quit()


def look(driver: Any, *, width: int, height: int = 900, scheme: str = "light") -> None:
    """Set how wide the window is, and whether it is light or dark.

    Args:
        driver: the browser.
        width: in pixels.
        height: in pixels.
        scheme: ``"light"`` or ``"dark"``.
    """
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def visit(driver: Any, url: str) -> None:
    """Open a page anew, also where only its fragment is another one, and wait until it is complete."""
    driver.get("about:blank")
    driver.get(url)
    settled(driver)


def settled(driver: Any) -> None:
    """Wait until a page is complete."""
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(driver, PATIENCE_SECONDS).until(lambda _: not driver.execute_script(BUSY))


def violations(driver: Any) -> list[str]:
    """Return what axe-core finds wrong with the page as it is now, a line each."""
    path = axe_path()
    assert path is not None
    driver.execute_script(path.read_text("utf-8"))
    found = driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def first_paint(driver: Any) -> float:
    """Return the milliseconds from the start of loading to the first thing that is seen."""
    script = """const done = arguments[arguments.length - 1];
        new PerformanceObserver((list) => done(list.getEntries()[0].startTime))
            .observe({ type: "paint", buffered: true });"""
    return float(driver.execute_async_script(script))
