import { Button, Textarea } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { placeName } from '../language/place.ts'
import { useLanguage } from '../language/use-language.ts'
import { OwnDocument } from './OwnDocument.tsx'
import { Papers } from './Papers.tsx'
import { ProcessorForm } from './ProcessorForm.tsx'
import type { Fields } from './ProcessorForm.tsx'
import { Standing } from './ProcessorsPage.tsx'
import { Shares } from './Shares.tsx'
import './processor.css'
import { stale } from './processor-view.ts'
import type { ProcessorShown, ProcessorView } from './processor-view.ts'

const route = getRouteApi('/signed-in/t/$slug/processor/$processorId')

/** One processor: who it is, what is on file, what it guarantees. */
export function ProcessorPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { processorId } = route.useParams()
  const shown = useRead('processor.show', { processorId })
  return (
    <Page
      title={shown.data?.processor.name ?? t('processor.title')}
      over={
        <Link to="/t/$slug/processors" params={{ slug }} search={{}}>
          {t('processor.title')}
        </Link>
      }
    >
      <Loaded read={shown}>{(found) => <Whole shown={found} />}</Loaded>
    </Page>
  )
}

function Whole({ shown }: { shown: ProcessorShown }) {
  const mayWrite = useMay('register:write')
  const isOpen = shown.processor.state !== 'ended'
  return (
    <>
      <Standing processor={shown.processor} />
      <Facts processor={shown.processor} />
      {mayWrite && isOpen ? <Actions processor={shown.processor} /> : null}
      <Papers shown={shown} />
      <Shares key={shown.shares.length} shown={shown} />
      <OwnDocument processor={shown.processor} />
    </>
  )
}

function Facts({ processor }: { processor: ProcessorView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { contactName, contactFunction, contactAt, places, placeNote, transfer, transferNote, since } = processor
  const join = (...texts: readonly string[]) => texts.filter((text) => text !== '').join(', ')
  const facts: readonly (readonly [string, string])[] = [
    [t('processor.field.address'), processor.address],
    [t('processor.contact'), join(contactName, contactFunction, contactAt)],
    [t('processor.field.purpose'), processor.purpose],
    [t('processor.field.services'), processor.services],
    [t('processor.field.dataCategories'), processor.dataCategories.join(', ')],
    [t('processor.field.places'), join(...places.map((place) => placeName(place, language)), placeNote)],
    [
      t('processor.field.transfer'),
      places.length === 0 && transfer === 'none'
        ? transferNote
        : join(t(`processor.transfer.${transfer}`), transferNote),
    ],
    [t('processor.field.contractOf'), t(`processor.contractOf.${processor.contractOf}`)],
    [t('processor.since'), since === null ? '' : day(since, language)],
  ]
  return (
    <>
      <dl className="facts processor-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value === '' ? <span className="quiet">{t('processor.notSaid')}</span> : value}</dd>
          </div>
        ))}
      </dl>
      {processor.links.length === 0 ? null : (
        <p className="actions">
          {processor.links.map(({ kind, url }) => (
            <a key={kind} href={url} rel="noreferrer nofollow" target="_blank">
              {t(`processor.link.${kind}`)}
            </a>
          ))}
        </p>
      )}
    </>
  )
}

function Actions({ processor }: { processor: ProcessorView }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const [opened, setOpened] = useState<'edit' | 'end' | null>(null)
  const list = useRead('processor.list', {}, { enabled: opened === 'edit' })
  const close = () => setOpened(null)
  const changing = useChange('processor.change', { stale, quiet: true, onDone: close })
  const planning = useChange('processor.plan_review', { stale })
  const { processorId, revision, dutyId } = processor
  return (
    <div className="actions">
      <Button onClick={() => setOpened('edit')}>{t('processor.edit')}</Button>
      {dutyId === null ? (
        <Button loading={planning.isPending} onClick={() => planning.mutate({ processorId })}>
          {t('processor.planReview')}
        </Button>
      ) : (
        <Link to="/t/$slug/duties" params={{ slug }} search={{}}>
          {t('processor.reviewPlanned')}
        </Link>
      )}
      <Button onClick={() => setOpened('end')}>{t('processor.end')}</Button>
      <Dialog title={t('processor.edit')} opened={opened === 'edit'} onClose={close}>
        {opened === 'edit' ? (
          <ProcessorForm
            begin={processor}
            processors={(list.data?.processors ?? []).filter((one) => one.processorId !== processorId)}
            label={t('processor.save')}
            isSending={changing.isPending}
            error={changing.error}
            onSend={(fields) => changing.mutate({ ...only(fields), processorId, revision })}
          />
        ) : null}
      </Dialog>
      <Dialog title={t('processor.end')} opened={opened === 'end'} onClose={close}>
        <End processorId={processorId} onDone={close} />
      </Dialog>
    </div>
  )
}

/** What is entered of a processor, without what the server computes. */
function only(fields: Fields): Fields {
  const { name, address, contactFunction, contactName, contactAt, purpose, services, dataCategories, places } = fields
  const { placeNote, transfer, transferNote, contractOf, links, parentId, isPublic } = fields
  const who = { name, address, contactFunction, contactName, contactAt, parentId, contractOf, links, isPublic }
  return { ...who, purpose, services, dataCategories, places, placeNote, transfer, transferNote }
}

function End({ processorId, onDone }: { processorId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const ending = useChange('processor.end', { stale, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        ending.mutate({ processorId, reason })
      }}
    >
      <p>{t('processor.endLead')}</p>
      <Textarea
        required
        withAsterisk={false}
        minLength={3}
        maxLength={1_000}
        label={t('processor.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" loading={ending.isPending}>
        {t('processor.end')}
      </Button>
    </form>
  )
}
