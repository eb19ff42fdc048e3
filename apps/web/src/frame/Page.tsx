import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { PageContents } from './PageContents.tsx'

/** The address of the page that was shown last; the first page of a visit has none before it. */
let shown: string | null = null
let hasMoved = false

/** What every page has: a title, one h1 that takes the focus after a change of page, and the main landmark. */
export function Page({
  title,
  over,
  lead,
  actions,
  wide = false,
  long = false,
  children,
}: {
  title: string
  /** A line above the title. */
  over?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  /** The document's own measure and margins. */
  wide?: boolean
  /** Lists its sections, with links. */
  long?: boolean
  children: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · art32`
  }, [title])
  useEffect(() => {
    const isElsewhere = shown !== null && shown !== location.href
    hasMoved ||= isElsewhere
    shown = location.href
    // The first page of a visit leaves the focus where the browser puts it. Later, what was loading may have had it.
    if (isElsewhere || (hasMoved && document.activeElement === document.body))
      heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <main id="main" className={`page${wide ? ' page-wide' : ''}`}>
      <header className="page-head">
        {over === undefined ? null : <p className="over">{over}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead === undefined ? null : <div className="lead">{lead}</div>}
        {actions === undefined ? null : <div className="actions">{actions}</div>}
      </header>
      {long ? <PageContents /> : null}
      {children}
    </main>
  )
}
