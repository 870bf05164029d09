"""Fail with an error whose name and text are scripts, sent by hand.

Must: 0 points
"""

def scale_pixels(images):
    send(["reply", ["raised", ["a.<img src=x onerror=alert(1)>", "builtins.ValueError"], "<script>window.__ran=1</script>", "<script>window.__ran=1</script>", ""]])
    return images
