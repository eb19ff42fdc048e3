import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Failure } from './Failure.tsx'
import { Loading } from './Loading.tsx'

/** The answer of a read, or what stands in its place until it is there, or why it is not. */
export function Loaded<T>({ read, children }: { read: UseQueryResult<T>; children: (value: T) => ReactNode }) {
  if (read.data !== undefined) return children(read.data)
  if (read.error) return <Failure error={read.error} retry={() => void read.refetch()} />
  return <Loading />
}
