import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loaded } from '../frame/Loaded.tsx'

/** A section about one kind of what programs sign in by: those there are, and below a way to another. */
export function Credentials<T>({
  id,
  title,
  lead,
  read,
  form,
  children,
}: {
  id: string
  title: string
  lead: string
  read: UseQueryResult<readonly T[]>
  form: ReactNode
  children: (one: T) => ReactNode
}) {
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{lead}</p>
      <Loaded read={read}>{(all) => (all.length === 0 ? null : <ul className="rows">{all.map(children)}</ul>)}</Loaded>
      {form}
    </section>
  )
}
