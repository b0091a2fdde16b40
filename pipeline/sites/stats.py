"""Statistics bureaus, national and provincial: ``/sj/zxfb/202401/t20240117_1946624.html``, a TRS system with boxes of its own."""

from __future__ import annotations

from ._site import Layout, Site

SITE = Site(
    name="stats",
    hosts=("stats.gov.cn", "tjj."),
    marks=("txt-content", "xilan_con", "center_xilan", "xilan_tit"),
    history=(
        Layout(since="2023", body=(".trs_editor_view", ".TRS_UEDITOR", ".txt-content")),
        Layout(since="2017", body=(".TRS_UEDITOR", ".TRS_PreAppend", ".TRS_Editor", ".xilan_con", ".center_xilan")),
        Layout(since="2005", body=(".TRS_PreAppend", ".xilan_con", ".center_xilan", "#Zoom")),
    ),
    addresses=(r"/(?:sj|tjsj|zwfwck)/(?:zxfb|sjjd|xwfbh)\w*/20\d{4}/t20\d{6}_\d+\.html?$",),
)
