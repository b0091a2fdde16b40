"""The State Council Information Office: ``/live/2024/33268/tw/``, ``/xwfbh/xwbfbh/…/Document/1234567/1234567.htm``."""

from __future__ import annotations

from ._site import Layout, Site

SITE = Site(
    name="scio",
    hosts=("scio.gov.cn", "china.com.cn", "china.org.cn"),
    marks=("scio_con", "zhibo_txt", "pub_content"),
    history=(
        Layout(since="2023", body=(".scio_con", "#content", ".pub_content")),
        Layout(since="2014", body=("#content", ".zhibo_txt", "#fl_text", "#artibody")),
        Layout(since="2006", body=("#content", "#Content", ".p1")),
    ),
    addresses=(r"/Document/\d+/\d+\.html?$", r"/live/20\d\d/\d+/"),
)
