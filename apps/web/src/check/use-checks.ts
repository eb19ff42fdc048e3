import type { CheckView } from '../api/api.ts'
import { useRead } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'

/** The checks of this release by their id; empty until they are there. */
export function useChecks(): ReadonlyMap<string, CheckView> {
  const { data } = useRead('check.list', {})
  return new Map(data?.checks.map((check) => [check.id, check]))
}

/** How a check is called; its id until the list is there. */
export function useCheckTitle(): (id: string) => string {
  const language = useLanguage()
  const checks = useChecks()
  return (id) => checks.get(id)?.title[language] ?? id
}
