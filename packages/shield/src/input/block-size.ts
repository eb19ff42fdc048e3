/** Large enough that a message between threads costs nothing beside the work, small enough that four per thread are no memory. */
export const BLOCK = 1 << 18
