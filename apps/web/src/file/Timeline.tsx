import type { ComponentProps, ReactNode } from 'react'
import { FileLine } from './FileLine.tsx'

/** Something that happened in a case. */
interface Happened {
  /** The instant by which it is told from the others. */
  readonly key: string
  /** That instant, in words. */
  readonly at: string
  readonly by: string | null
  /** What it was, in words; null: a note. */
  readonly said: string | null
  readonly text: string
}

/** What happened in a case, with its evidence files, and below it the form for what else did. */
export function Timeline({
  entries,
  files,
  children,
}: {
  entries: readonly Happened[]
  files: readonly ComponentProps<typeof FileLine>['file'][]
  children: ReactNode
}) {
  return (
    <>
      <ol className="rows">
        {entries.map(({ key, at, by, said, text }, index) => (
          <li key={`${key} ${index}`} className="row">
            <div className="row-main">
              <p className="note quiet">
                {at}
                {by === null ? null : ` · ${by}`}
              </p>
              {said === null ? null : <p>{said}</p>}
              {text === '' ? null : <p className="case-text">{text}</p>}
            </div>
          </li>
        ))}
      </ol>
      {files.length === 0 ? null : (
        <ul className="rows">
          {files.map((file) => (
            <li key={file.fileId} className="row">
              <FileLine file={file} />
            </li>
          ))}
        </ul>
      )}
      {children}
    </>
  )
}
