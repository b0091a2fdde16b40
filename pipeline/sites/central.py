"""The central government's portal and the state news agency: ``/zhengce/202404/content_6945678.htm``, parts as ``content_123_2.htm``."""

from __future__ import annotations

from ._site import Layout, Site

SITE = Site(
    name="central",
    hosts=("www.gov.cn", "xinhuanet.com", "news.cn"),
    marks=("pages_content", "fl_text"),
    history=(
        Layout(since="2023", body=("#UCAP-CONTENT", ".pages_content", "#detailContent")),
        Layout(since="2014", body=(".pages_content", "#content", "#fl_text", "#artibody")),
        Layout(since="2006", body=("#printContent", "#Content", "#content", ".p1")),
    ),
    addresses=(r"/content_\d{4,9}(?:_\d{1,3})?\.html?$",),
)
