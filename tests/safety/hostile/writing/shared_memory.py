"""Write into shared memory, where it would stay.

Must: refused
"""

from multiprocessing.shared_memory import SharedMemory

SharedMemory("hostile-memory", create=True, size=10)
print("it worked")
