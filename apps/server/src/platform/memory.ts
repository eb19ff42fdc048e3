import { getHeapStatistics } from 'node:v8'

/** Room in the memory of this process for what has to be there as a whole. */
export interface MemoryRoom {
  /**
   * Keeps room until it is given back.
   *
   * @param bytes how much it will be, at most
   * @returns how it is given back; null: so much is not there
   */
  take(bytes: number): (() => void) | null
}

/** Of what is free, others need as much. */
const share = 0.5

/**
 * Whatever is made in memory is made beside what others do, and a process that runs out of it ends. What was taken counts until it
 * is given back: give it back once it is there, since from then on it is among what is used.
 *
 * @param heap what there may be and what is used, in bytes
 */
export function openMemoryRoom(
  heap: () => { readonly limit: number; readonly used: number } = heapOfProcess,
): MemoryRoom {
  let taken = 0
  return {
    take(bytes) {
      const { limit, used } = heap()
      if (taken + bytes > (limit - used) * share) return null
      taken += bytes
      let isTaken = true
      return () => {
        if (isTaken) taken -= bytes
        isTaken = false
      }
    },
  }
}

function heapOfProcess() {
  const { heap_size_limit: limit, used_heap_size: used } = getHeapStatistics()
  return { limit, used }
}
