import { notifications } from '@mantine/notifications'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { QueryKey, UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Input, Operation, Output } from './api.ts'
import { call } from './call.ts'
import { Problem } from './problem.ts'
import { sentenceOf } from './sentence.ts'

/** The slug of the tenant in the address; null on pages without one. */
export function useTenant(): string | null {
  return useParams({ strict: false, select: ({ slug }) => slug ?? null })
}

/** The key under which an answer is kept. */
export function keyOf<O extends Operation>(tenant: string | null, operation: O, input?: Input<O>): QueryKey {
  return input === undefined ? [tenant, operation] : [tenant, operation, input]
}

/** Reads by an operation of the tenant in the address. */
export function useRead<O extends Operation>(
  operation: O,
  input: Input<O>,
  options: { enabled?: boolean; keep?: boolean; refetchInterval?: number } = {},
): UseQueryResult<Output<O>> {
  const tenant = useTenant()
  const { enabled = true, keep = false, refetchInterval } = options
  return useQuery<Output<O>>({
    queryKey: keyOf(tenant, operation, input),
    queryFn: ({ signal }) => call(operation, input, tenant, signal),
    enabled: enabled && tenant !== null,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...(refetchInterval === undefined ? {} : { refetchInterval }),
  })
}

/**
 * Changes by an operation of the tenant in the address; a refusal is shown as a notice unless the caller shows it.
 *
 * @param stale  operations whose answers the change makes out of date
 */
export function useChange<O extends Operation>(
  operation: O,
  options: {
    stale?: readonly Operation[]
    quiet?: boolean
    onDone?: (output: Output<O>, input: Input<O>) => void
  } = {},
): UseMutationResult<Output<O>, Error, Input<O>> {
  const tenant = useTenant()
  const client = useQueryClient()
  const { t } = useTranslation()
  return useMutation<Output<O>, Error, Input<O>>({
    mutationFn: (input) => call(operation, input, tenant),
    onSuccess: async (output, input) => {
      options.onDone?.(output, input)
      await Promise.all(
        (options.stale ?? []).map((read) => client.invalidateQueries({ queryKey: keyOf(tenant, read) })),
      )
    },
    onError: (error) => {
      // Somebody else was quicker: what is shown is old.
      if (error instanceof Problem && error.status === 409) void client.invalidateQueries({ queryKey: [tenant] })
      if (!options.quiet) notifications.show({ message: sentenceOf(error, t), color: 'bad', autoClose: 8_000 })
    },
  })
}
