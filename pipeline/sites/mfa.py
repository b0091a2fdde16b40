"""The Ministry of Foreign Affairs: ``/202403/t20240312_11259678.shtml``, a TRS site with boxes of its own."""

from __future__ import annotations

from ._site import Layout, Site

SITE = Site(
    name="mfa",
    hosts=("mfa.gov.cn", "fmprc.gov.cn"),
    marks=("News_Body_Txt_A",),
    history=(
        Layout(since="2021-08", body=("#News_Body_Txt_A", ".news-main")),
        Layout(since="2011", body=("#News_Body_Txt_A", ".content .vibox")),
    ),
    addresses=(r"/(?:web/)?(?:fyrbt|wjdt)_\d+/[\w/]+/t20\d{6}_\d+\.s?html?$",),
)
