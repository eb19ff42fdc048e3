import type { Row } from '../table.ts'
import { memory } from './memory.ts'
import { quality } from './quality.ts'
import { speed } from './speed.ts'

/** The sizes: `ART32_BENCH_MB` of each file (200), `ART32_BENCH_GB` through the command line (1,10). */
const { ART32_BENCH_MB: megabytes = '200', ART32_BENCH_GB: gigabytes = '1,10' } = process.env

/** How fast and how right the shield is, beside the limits of the machine and the peers of npm. */
export async function measure(): Promise<readonly Row[]> {
  return [
    ...(await speed(Number(megabytes))),
    ...(await memory(gigabytes.split(',').map(Number))),
    ...(await quality(2_000)),
  ]
}
