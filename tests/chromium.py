"""Where Debian's Chromium is, and how tests start it: without what none of them looks at."""

from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
_SWITCHED_OFF = (
    # what playwright switches off, whose list ours replaces
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    # pages of the browser's own below its address bar, drawn anew for every window: half of what a test's window takes
    "WebUIOmniboxAimPopup", "WebUIOmniboxPopup",
)  # fmt: skip
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(_SWITCHED_OFF)}",
)
"""Its arguments."""
