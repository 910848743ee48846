"""How much of each channel's scale moves from the activations to the weights (SmoothQuant, Xiao et al. 2023, equation 4)."""
import numpy as np


def divisors(peak, largest, alpha):
    """peak, largest: [channels], of the input and of the weights that read it -> divisor by channel, geometric mean 1."""
    scale = np.maximum(peak, 1e-5) ** alpha / np.maximum(largest, 1e-5) ** (1 - alpha)
    return (scale / np.exp(np.log(scale).mean())).astype(np.float32)
