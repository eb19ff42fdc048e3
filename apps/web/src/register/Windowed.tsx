import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { isLong } from './windows.ts'
import type { Block } from './windows.ts'

/** How far outside of the screen a block is already drawn. */
const ahead = '1600px'

/** The blocks of a document; of a long one only those near the screen, and the one that holds the focus. */
export function Windowed({
  blocks,
  pinned,
  children,
}: {
  blocks: readonly Block[]
  pinned: string | null
  children: (block: Block) => ReactNode
}) {
  const long = isLong(blocks)
  return blocks.map((block) => {
    const holdsFocus = pinned !== null && block.statements.some(({ id }) => id === pinned)
    return (
      <Stretch key={block.id} block={block} always={!long || holdsFocus}>
        {children}
      </Stretch>
    )
  })
}

function Stretch({
  block,
  always,
  children,
}: {
  block: Block
  always: boolean
  children: (block: Block) => ReactNode
}) {
  const place = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(false)
  const [height, setHeight] = useState(block.height)
  useEffect(() => {
    const element = place.current
    if (!element || always) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry) return
        // What was measured is kept, so that the page does not jump when the block goes again.
        if (!entry.isIntersecting && element.childElementCount > 0) setHeight(entry.boundingClientRect.height)
        setNear(entry.isIntersecting)
      },
      { rootMargin: `${ahead} 0px` },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [always])
  const drawn = always || near
  return (
    <div
      ref={place}
      id={block.first ? block.section.id : undefined}
      className="stretch"
      style={drawn ? undefined : { height }}
    >
      {drawn ? children(block) : null}
    </div>
  )
}
