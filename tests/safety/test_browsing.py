"""The suite's look at pages notices what runs in them, with a browser and without."""

from __future__ import annotations

import browsing
import pytest

PLAIN = "<html><head><title>t</title></head><body><a href='#x'>x</a><p>text</p>{}</body></html>"


@pytest.mark.parametrize(
    "active",
    [
        "<script>1</script>",
        "<img src=x onerror='1'>",
        "<img src='http://localhost:1/x.png'>",
        "<img src='other.png'>",
        "<a href='javascript:1'>x</a>",
        "<a href='page.html'>x</a>",
        "<p onclick='1'>x</p>",
        "<svg><script>1</script></svg>",
        "<svg><a xlink:href='javascript:1'><text>x</text></a></svg>",
        "<iframe srcdoc='<script>1</script>'></iframe>",
        "<details ontoggle='1' open>x</details>",
        "<svg><style><img src=x onerror='1'></style></svg>",
    ],
)
@pytest.mark.parametrize(
    "with_browser",
    [pytest.param(True, id="browser", marks=pytest.mark.long), pytest.param(False, id="parser")],
)
def test_what_runs_or_leads_away_is_noticed(tmp_path, monkeypatch, active, with_browser):
    if with_browser and not browsing.CAN_BROWSE:
        pytest.skip("no Chromium is installed")
    monkeypatch.setattr(browsing, "CAN_BROWSE", with_browser)
    model, page = tmp_path / "model.html", tmp_path / "page.html"
    model.write_text(PLAIN.format(""))
    page.write_text(PLAIN.format(active))
    assert list(browsing.look_at([page], model))
    assert not list(browsing.look_at([model]))
