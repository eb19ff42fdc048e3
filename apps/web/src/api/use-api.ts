import { notifications } from '@mantine/notifications'
import { keepPreviousData, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { QueryKey, UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Input, InstallationOperation, Operation, Output, TenantOperation } from './api.ts'
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
export function useRead<O extends TenantOperation>(
  operation: O,
  input: Input<O>,
  options: { enabled?: boolean; keep?: boolean; refetchInterval?: number } = {},
): UseQueryResult<Output<O>> {
  const tenant = useTenant()
  const { enabled = true, keep = false, refetchInterval } = options
  return useQuery<Output<O>>({
    queryKey: keyOf(tenant, operation, input),
    queryFn: tenant === null ? skipToken : ({ signal }) => call(operation, input, tenant, signal),
    enabled,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...(refetchInterval === undefined ? {} : { refetchInterval }),
  })
}

/** What a change makes old, who shows a refusal, and what comes after. */
interface ChangeOptions<O extends Operation> {
  /** Operations whose answers the change makes out of date. */
  readonly stale?: readonly Operation[]
  /** Whether the caller shows a refusal; otherwise it is shown as a notice. */
  readonly quiet?: boolean
  readonly onDone?: (output: Output<O>, input: Input<O>) => void
}
type Change<O extends Operation> = UseMutationResult<Output<O>, Error, Input<O>>

/** Changes by an operation of the tenant in the address. */
export function useChange<O extends TenantOperation>(operation: O, options: ChangeOptions<O> = {}): Change<O> {
  const tenant = useTenant()
  return useSending<O>(
    tenant,
    (input) => {
      if (tenant === null) throw new Error(`${operation} needs a tenant in the address`)
      return call(operation, input, tenant)
    },
    options,
  )
}

/** Changes by an operation of the installation, on whichever page. */
export function useInstallationChange<O extends InstallationOperation>(
  operation: O,
  options: ChangeOptions<O> = {},
): Change<O> {
  return useSending<O>(null, (input) => call(operation, input), options)
}

function useSending<O extends Operation>(
  tenant: string | null,
  send: (input: Input<O>) => Promise<Output<O>>,
  options: ChangeOptions<O>,
): Change<O> {
  const client = useQueryClient()
  const { t } = useTranslation()
  return useMutation<Output<O>, Error, Input<O>>({
    mutationFn: send,
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
