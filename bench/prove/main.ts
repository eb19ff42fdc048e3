import type { Row } from '../table.ts'
import { measure as directory } from './directory.ts'
import { measure as endpoints } from './endpoints.ts'
import { measure as judging } from './judging.ts'

/** Judging many facts, looking at many endpoints, and one directory with many accounts. */
export async function measure(): Promise<readonly Row[]> {
  return [...judging(), ...(await endpoints()), ...(await directory())]
}
