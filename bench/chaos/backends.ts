import { readFileSync } from 'node:fs'
import { postmasterOf } from '../../e2e/durability/doomed.ts'

/** The processes of the server of a folder that serve somebody or work in the background: children of its first one. */
export function backendsOf(postgresFolder: string): number[] {
  const parent = postmasterOf(postgresFolder)?.pid
  if (parent === undefined) return []
  try {
    return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').map(Number).filter(Boolean)
  } catch {
    return []
  }
}
