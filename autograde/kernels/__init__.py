"""Warm kernels for JupyterLab and for nbgrader's Validate."""

from autograde.kernels.provisioner import WarmProvisioner

__all__ = ["WarmProvisioner"]
