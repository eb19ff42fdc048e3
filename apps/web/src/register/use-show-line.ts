import type { StatementView } from '../api/api.ts'
import { call } from '../api/call.ts'
import { useTenant } from '../api/use-api.ts'

/** Asks for one line as it is now. */
export function useShowLine(): (measureId: string) => Promise<StatementView> {
  const tenant = useTenant()
  return async (measureId) => {
    if (tenant === null) throw new Error('a line is of a tenant')
    return (await call('measure.show', { measureId }, tenant)).line
  }
}
