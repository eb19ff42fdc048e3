import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { PointForm } from './PersonForms.tsx'
import { stale } from './record.ts'
import type { Point, RecordShown } from './record.ts'

/** The lists of somebody, point by point. */
export function Lists({ checklists, mayWrite }: { checklists: RecordShown['checklists']; mayWrite: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const removing = useChange('checklist.remove', { stale })
  if (checklists.length === 0) return null
  return (
    <section className="record-part" aria-labelledby="lists">
      <h2 id="lists">{t('checklist.title')}</h2>
      {checklists.map(({ checklistId, title, fromOn, points }) => {
        const open = points.filter(({ state }) => state === 'open').length
        return (
          <section key={checklistId} aria-label={title}>
            <h3>
              {title} · {day(fromOn, language)}
            </h3>
            <p className="note quiet">
              {open === 0
                ? t('checklist.finished')
                : t('checklist.progress', { done: points.length - open, of: points.length })}{' '}
              {mayWrite && open === points.length ? (
                <button
                  type="button"
                  className="text-button"
                  aria-label={t('checklist.removeOf', { name: title })}
                  disabled={removing.isPending}
                  onClick={() => removing.mutate({ checklistId })}
                >
                  {t('checklist.remove')}
                </button>
              ) : null}
            </p>
            <ul className="record-points">
              {points.map((point) => (
                <PointLine key={point.itemId} point={point} mayWrite={mayWrite} />
              ))}
            </ul>
          </section>
        )
      })}
    </section>
  )
}

/** One point: ticked at once, or with what there is to say. */
export function PointLine({ point, mayWrite, of }: { point: Point; mayWrite: boolean; of?: React.ReactNode }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [asking, setAsking] = useState(false)
  const ticking = useChange('checklist.tick', { stale })
  const { itemId, text, state, dueOn, isOverdue, doneOn, by, note } = point
  const said =
    state === 'done'
      ? t('checklist.doneBy', { on: day(doneOn ?? dueOn, language), name: by ?? '–' })
      : state === 'not-needed'
        ? t('checklist.notNeeded', { name: by ?? '–' })
        : t(isOverdue ? 'checklist.overdue' : 'checklist.due', { on: day(dueOn, language) })
  const description = (
    <>
      {of === undefined ? null : <>{of} · </>}
      <span className={isOverdue ? 'bad' : ''}>
        {isOverdue ? <span aria-hidden>▲ </span> : null}
        {said}
      </span>
      {note === '' ? null : ` · ${note}`}
    </>
  )
  return (
    <li className="record-point">
      {mayWrite ? (
        <Checkbox
          label={text}
          description={description}
          checked={state !== 'open'}
          disabled={ticking.isPending}
          onChange={(event) => ticking.mutate({ itemId, state: event.currentTarget.checked ? 'done' : 'open' })}
        />
      ) : (
        <p>
          <span aria-hidden>{state === 'open' ? '○ ' : '● '}</span>
          {text}
          <span className="note quiet"> {description}</span>
        </p>
      )}
      {mayWrite && state === 'open' ? (
        <button
          type="button"
          className="text-button note"
          aria-label={t('checklist.moreOf', { name: text })}
          onClick={() => setAsking(true)}
        >
          {t('checklist.more')}
        </button>
      ) : null}
      <Dialog title={text} opened={asking} onClose={() => setAsking(false)}>
        <PointForm itemId={itemId} onDone={() => setAsking(false)} />
      </Dialog>
    </li>
  )
}
