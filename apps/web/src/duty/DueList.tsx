import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { Language } from '@art32/catalogue'
import type { Output } from '../api/api.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Pager } from './Pager.tsx'
import { lists, stale } from './rhythm.ts'
import type { Due } from './rhythm.ts'
import { SignOff } from './SignOff.tsx'

/** Due days of one list; what is the caller's can be signed off at once. */
export function DueList({ of, today }: { of: (typeof lists)[number]; today: string }) {
  const { t } = useTranslation()
  const [page, setPage] = useState(0)
  const read = useRead('duty.calendar', { ...(of === 'mine' ? { mine: 'true' } : { state: of }), page }, { keep: true })
  return (
    <Loaded read={read}>
      {(data) => (
        <>
          <Tabs counts={data.counts} onChoose={() => setPage(0)} />
          {data.occurrences.length === 0 ? <p>{t(`duty.noneOf.${of}`)}</p> : null}
          <ul className="rows" aria-busy={read.isPlaceholderData}>
            {data.occurrences.map((due) => (
              <DueRow key={due.occurrenceId} due={due} today={today} />
            ))}
          </ul>
          <Pager page={page} pages={data.pages} onPage={setPage} />
        </>
      )}
    </Loaded>
  )
}

function Tabs({ counts, onChoose }: { counts: Output<'duty.calendar'>['counts']; onChoose: () => void }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  return (
    <nav className="tabs" aria-label={t('duty.which')}>
      {lists.map((of) => (
        <Link
          key={of}
          to="/t/$slug/duties"
          params={{ slug }}
          search={of === 'mine' ? {} : { of }}
          onClick={onChoose}
          activeOptions={{ exact: true, explicitUndefined: true }}
        >
          {t(`duty.list.${of}`, { count: counts[of] })}
        </Link>
      ))}
    </nav>
  )
}

function DueRow({ due, today }: { due: Due; today: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [asking, setAsking] = useState(false)
  const confirming = useChange('duty.confirm', { stale })
  const name = due.label === '' ? due.title : `${due.title} (${due.label})`
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">{name}</h2>
        <p className="note quiet">{dueSentence(due, t, language)}</p>
      </div>
      <div className="row-actions">
        {due.maySign ? (
          <Button size="compact-sm" aria-label={t('duty.signOf', { name })} onClick={() => setAsking(true)}>
            {t('duty.done')}
          </Button>
        ) : null}
        {due.mayConfirm ? (
          <Button
            size="compact-sm"
            loading={confirming.isPending}
            aria-label={t('duty.confirmOf', { name })}
            onClick={() => confirming.mutate({ occurrenceId: due.occurrenceId })}
          >
            {t('duty.confirm')}
          </Button>
        ) : null}
      </div>
      <Dialog title={name} opened={asking} onClose={() => setAsking(false)}>
        <SignOff due={due} today={today} onDone={() => setAsking(false)} />
      </Dialog>
    </li>
  )
}

/** How a due day stands, in words: never by colour alone. */
export function dueSentence(
  { state, dueOn, lastOn, doneOn, isOnTime }: Pick<Due, 'state' | 'dueOn' | 'lastOn' | 'doneOn' | 'isOnTime'>,
  t: TFunction,
  language: Language,
): string {
  const words = { due: day(dueOn, language), last: day(lastOn, language), done: day(doneOn ?? dueOn, language) }
  if (state === 'done') return t(isOnTime ? 'duty.state.doneInTime' : 'duty.state.doneLate', words)
  return t(`duty.state.${state}`, words)
}
