import { useMembership } from '../account/session.ts'
import { useRead } from '../api/use-api.ts'

/** How many incidents of platforms nobody has acknowledged; none while that is not known. */
export function useWaiting(): number {
  const role = useMembership()?.role
  const { data } = useRead('platform.list', {}, { enabled: role !== undefined && role !== 'guest' })
  return data?.unacknowledged ?? 0
}
