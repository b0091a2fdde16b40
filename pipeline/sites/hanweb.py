"""Hanweb jcms: ``/art/2024/4/19/art_1234_567.html``, the body between the marks ``<!--ZJEG_RSS.content.begin-->``."""

from __future__ import annotations

from ._site import Layout, Site

SITE = Site(
    name="hanweb",
    hosts=("jiangsu.gov.cn", "zj.gov.cn", "shandong.gov.cn", "nanjing.gov.cn"),
    marks=("bt_content", "bt-content", "art_con"),
    history=(
        Layout(since="2016", body=("#zoom", ".art_con", ".bt_content", ".article-con", ".main-txt")),
        Layout(since="2008", body=(".bt_content", "#zoom", ".artcon", ".bt-content")),
    ),
    addresses=(r"/art/20\d\d/\d{1,2}/\d{1,2}/art_\d+_\d+\.html?$",),
)
