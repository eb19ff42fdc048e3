import { useRead } from '../api/use-api.ts'

/** The name of a system by its id; a part of the id until the list is there. */
export function useSystemName(): (id: string) => string {
  const { data } = useRead('system.list', {})
  const names = new Map(data?.systems.map((system) => [system.id, system.name]))
  return (id) => names.get(id) ?? id.slice(0, 8)
}
