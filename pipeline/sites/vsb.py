"""VSB (WebPlus of Visual SiteBuilder): ``/info/1001/1234.htm``, the body in ``#vsb_content`` with an optional number."""

from __future__ import annotations

from ._site import Layout, Site

SITE = Site(
    name="vsb",
    hosts=(),
    marks=("vsb_content", "vsb_content_2", "v_news_content", "vsb_newscontent"),
    history=(Layout(since="2012", body=(".v_news_content", "[id^=vsb_content]", "#vsb_newscontent")),),
    addresses=(r"/info/\d+/\d+\.htm$",),
)
