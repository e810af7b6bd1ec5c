"""What a sentence means: fraud moves learned from written examples. See README.md.

Numpy's own threads are switched off before it is first imported: request threads share the cores already, and with both
a mail took seven times as long (measured). It also keeps a training's bytes the same.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
