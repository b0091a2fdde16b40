"""TRS WCM, the most common system: ``/202104/t20210419_1234.html``, the body in a TRS editor box inside ``#zoom``."""

from __future__ import annotations

from ._site import Layout, Site

SITE = Site(
    name="trs",
    hosts=("ndrc.gov.cn", "hubei.gov.cn", "sc.gov.cn", "beijing.gov.cn"),
    marks=("TRS_Editor", "TRS_UEDITOR", "trs_editor_view", "TRS_PreAppend"),
    history=(
        Layout(since="2018", body=(".TRS_UEDITOR", ".trs_editor_view", ".view.TRS_UEDITOR", "#zoom", "#zoomcon")),
        Layout(since="2005", body=(".TRS_Editor", "#Zoom", "#zoom", ".xilan_con", ".center_xilan")),
    ),
    addresses=(r"/20\d{4}/t20\d{6}_\d+(?:_\d{1,3})?\.s?html?$",),
)
