import { Button } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { placeName } from '../language/place.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { AddProcessor } from './AddProcessor.tsx'
import { Changes } from './Changes.tsx'
import './processor.css'
import { PublicList } from './PublicList.tsx'
import type { ProcessorView } from './processor-view.ts'

/** Who processes for the tenant, and what changes of it. */
export function ProcessorsPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { changes = false } = useSearch({ from: '/signed-in/t/$slug/processors' })
  const list = useRead('processor.list', {})
  const mayWrite = useMay('register:write')
  const mayLedger = useMay('ledger:read')
  const [adding, setAdding] = useState(false)
  return (
    <Page
      title={t('processor.title')}
      lead={t('processor.lead')}
      actions={mayWrite ? <Button onClick={() => setAdding(true)}>{t('processor.add')}</Button> : undefined}
    >
      {mayLedger ? (
        <nav className="tabs" aria-label={t('processor.title')}>
          <Link
            to="/t/$slug/processors"
            params={{ slug }}
            search={{}}
            activeOptions={{ exact: true, explicitUndefined: true }}
          >
            {t('processor.register')}
          </Link>
          <Link to="/t/$slug/processors" params={{ slug }} search={{ changes: true }} activeOptions={{ exact: true }}>
            {t('processor.changes')}
          </Link>
        </nav>
      ) : null}
      <Loaded read={list}>
        {(found) =>
          changes && mayLedger ? (
            <>
              <PublicList isPublic={found.isPublic} noticeDays={found.noticeDays} />
              <Changes processors={found.processors} />
            </>
          ) : (
            <Register processors={found.processors} />
          )
        }
      </Loaded>
      <Dialog title={t('processor.add')} opened={adding} onClose={() => setAdding(false)}>
        {adding ? <AddProcessor processors={list.data?.processors ?? []} onDone={() => setAdding(false)} /> : null}
      </Dialog>
    </Page>
  )
}

function Register({ processors }: { processors: readonly ProcessorView[] }) {
  const { t } = useTranslation()
  if (processors.length === 0) return <p>{t('processor.none')}</p>
  return (
    <>
      <ul className="rows">
        {processors.map((one) => (
          <Row key={one.processorId} processor={one} />
        ))}
      </ul>
      <Downloads
        operation="processor.export"
        input={{}}
        formats={['pdf', 'docx', 'csv']}
        label={t('processor.annex')}
      />
    </>
  )
}

function Row({ processor }: { processor: ProcessorView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const { processorId, name, purpose, places, contractOf, depth } = processor
  const facts = [
    ...(purpose === '' ? [] : [purpose]),
    ...(places.length === 0 ? [] : [places.map((place) => placeName(place, language)).join(', ')]),
    ...(contractOf === 'customer' ? [t('processor.contractOf.customer')] : []),
  ]
  return (
    <li className="row">
      <div className="row-main" style={{ paddingInlineStart: `${depth * 1.25}rem` }}>
        <h2 className="row-title">
          <Link to="/t/$slug/processor/$processorId" params={{ slug, processorId }}>
            {name}
          </Link>
        </h2>
        {depth === 0 ? null : <p className="note quiet">{t('processor.engagedAbove')}</p>}
        {facts.length === 0 ? null : <p>{facts.join(' · ')}</p>}
        <Standing processor={processor} />
      </div>
    </li>
  )
}

/** How the papers of a processor stand, in one line. */
export function Standing({ processor }: { processor: ProcessorView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { state, rests, isInForce, guarantees, endedOn } = processor
  if (state === 'ended') return <p>{t('processor.ended', { day: day(endedOn ?? '', language) })}</p>
  const papers =
    rests === null
      ? t('processor.papersMissing')
      : t(isInForce ? 'processor.papersUntil' : 'processor.papersOver', { day: day(rests.lastDay, language) })
  return (
    <p className={rests !== null && !isInForce ? 'bad' : undefined}>
      {[
        ...(state === 'planned' ? [t('processor.planned')] : []),
        papers,
        ...(guarantees === 0 ? [] : [t('processor.guaranteed', { count: guarantees })]),
      ].join(' · ')}
    </p>
  )
}
