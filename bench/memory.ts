import { readFileSync } from 'node:fs'

/** The proportional set size of a process in MiB: shared memory counted once over all who share it. 0 where it ended. */
export function proportionalMiB(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1_024
  } catch {
    return 0
  }
}
