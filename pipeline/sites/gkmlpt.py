"""gkmlpt, Guangdong's common platform for published information: ``/gkmlpt/content/3/3456/post_3456789.html``."""

from __future__ import annotations

from ._site import Layout, Site

SITE = Site(
    name="gkmlpt",
    hosts=("gd.gov.cn", "gz.gov.cn", "sz.gov.cn"),
    marks=("gkmlpt", "gkmlpt-content", "news_cont_d_wrap"),
    history=(
        Layout(since="2019", body=(".article-content", ".news_cont_d_wrap", ".zw_content")),
        Layout(since="2014", body=("#NewsContent", ".zwcon", ".zw-content")),
    ),
    addresses=(r"/gkmlpt/content/\d+/\d+/post_\d+\.html?$", r"/content/post_\d+\.html?$"),
)
