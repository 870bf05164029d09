"""Hand in a page with a script in the place of the notebook: how it begins comes into comments.

Must: for a person
"""


def hand_in(_, path):
    path.write_text("<script>window.__ran=1;document.title='a script ran'</script><img src=x onerror=alert(1)>")
