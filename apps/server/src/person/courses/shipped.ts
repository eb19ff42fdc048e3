import type { ShippedCourse } from './course.ts'
import { dataProtection } from './data-protection.ts'
import { secureCoding } from './secure-coding.ts'

export { passMark } from './course.ts'
export type { Question, ShippedCourse } from './course.ts'

/** The courses that come with art32. */
export const shippedCourses: readonly ShippedCourse[] = [dataProtection, secureCoding]

/** A course that comes with art32, by its key. */
export function findShipped(key: string | null): ShippedCourse | undefined {
  return shippedCourses.find((course) => course.key === key)
}
