"""UCAP: ``/c1001/202404/<32 hex digits>.shtml`` and ``content_1234.htm``; the body in a tag of its own or by its id."""

from __future__ import annotations

from ._site import Layout, Site

SITE = Site(
    name="ucap",
    hosts=("jiangxi.gov.cn", "nc.gov.cn", "hunan.gov.cn", "shaanxi.gov.cn"),
    marks=("UCAP-CONTENT", "ucapcontent", "ucaptitle"),
    history=(
        Layout(since="2018", body=("ucapcontent", "#UCAP-CONTENT", "#ucapcontent", ".ucapcontent")),
        Layout(since="2012", body=("#UCAP-CONTENT", ".pages_content")),
    ),
    addresses=(r"/c\d+/20\d{4}/[0-9a-f]{32}\.s?html?$", r"/20\d\d-?\d\d/\d\d/content_[0-9a-f]{32}\.s?html?$"),
)
