import type { ReactNode } from 'react'
import type { Heading } from './register-view.ts'

/** A heading of the document in its own depth; the page's title is the only h1. */
export function SectionHeading({ heading, children }: { heading: Heading; children?: ReactNode }) {
  const level = Math.min(Math.max((heading.level ?? 1) + 1, 2), 4)
  const Tag = `h${level}` as 'h2' | 'h3' | 'h4'
  return (
    <div className="section-head">
      <Tag>{heading.text}</Tag>
      {children}
    </div>
  )
}
