import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input, Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { guestsFrom } from './guests.ts'

const audiences = ['auditors', 'customers', 'public'] as const
const spans = [7, 14, 30, 90] as const

/** The audit rooms of a tenant; to a guest, the own ones. */
export function RoomsPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const rooms = useRead('room.list', {})
  const mayWrite = useMay('room:write')
  return (
    <Page title={t('room.title')} lead={t('room.lead')}>
      <Loaded read={rooms}>
        {({ rooms }) => (
          <>
            {rooms.length === 0 ? <p>{t('room.none')}</p> : null}
            <ul className="rows">
              {rooms.map(({ roomId, name, edition, until, closedAt }) => (
                <li key={roomId} className="row">
                  <div className="row-main">
                    <Link to="/t/$slug/room/$roomId" params={{ slug, roomId }} className="row-title">
                      {name}
                    </Link>
                    <p className="note quiet">
                      {t('edition.number', { number: edition })} ·{' '}
                      {closedAt === null
                        ? t('room.openUntil', { moment: moment(until, language) })
                        : t('room.closedSince', { day: day(closedAt, language) })}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      {mayWrite ? <OpenRoom /> : null}
    </Page>
  )
}

type Terms = Pick<Required<Input<'room.create'>>, 'name' | 'audience' | 'days'> & { guests: string }

function OpenRoom() {
  const { t } = useTranslation()
  const language = useLanguage()
  const editions = (useRead('edition.list', {}).data?.editions ?? []).filter(({ state }) => state === 'edition')
  const [chosen, setChosen] = useState('')
  const [terms, setTerms] = useState<Terms>({ name: '', audience: 'auditors', days: 14, guests: '' })
  const opening = useChange('room.create', { stale: ['room.list'], quiet: true })
  const editionId = editions.find(({ id }) => id === chosen)?.id ?? editions[0]?.id
  if (editionId === undefined) return <p className="quiet">{t('room.needsEdition')}</p>
  return (
    <section className="section" aria-labelledby="open-room">
      <h2 id="open-room">{t('room.open')}</h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          const { name, audience, days } = terms
          opening.mutate({ editionId, name: name.trim(), audience, days, guests: guestsFrom(terms.guests) })
        }}
      >
        <TextInput
          label={t('room.name')}
          description={t('room.nameHint')}
          value={terms.name}
          onChange={(event) => setTerms({ ...terms, name: event.currentTarget.value })}
          required
          withAsterisk={false}
          maxLength={200}
        />
        <NativeSelect
          label={t('room.edition')}
          value={editionId}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={editions.map(({ id, number, madeAt }) => ({
            value: id,
            label: `${t('edition.number', { number })} · ${day(madeAt, language)}`,
          }))}
        />
        <NativeSelect
          label={t('room.audience')}
          description={t('room.audienceHint')}
          value={terms.audience}
          onChange={(event) =>
            setTerms({ ...terms, audience: audiences.find((one) => one === event.currentTarget.value) ?? 'auditors' })
          }
          data={audiences.map((audience) => ({ value: audience, label: t(`room.width.${audience}`) }))}
        />
        <NativeSelect
          label={t('room.span')}
          value={String(terms.days)}
          onChange={(event) => setTerms({ ...terms, days: Number(event.currentTarget.value) })}
          data={spans.map((days) => ({ value: String(days), label: t('grant.days', { count: days }) }))}
        />
        <Textarea
          label={t('room.guests')}
          description={t('room.guestsHint')}
          value={terms.guests}
          onChange={(event) => setTerms({ ...terms, guests: event.currentTarget.value })}
          error={opening.error ? sentenceOf(opening.error, t) : undefined}
          autosize
          minRows={2}
        />
        <Button type="submit" loading={opening.isPending}>
          {t('room.open')}
        </Button>
      </form>
      <div role="status">{opening.data ? <Links links={opening.data.links} /> : null}</div>
    </section>
  )
}

/** The links of invitations, which are shown only now. */
export function Links({ links }: { links: Output<'room.create'>['links'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return links.map(({ email, link, expiresAt }) => (
    <div key={email}>
      <p>{t(link === null ? 'room.linkSent' : 'room.linkOnce', { email, moment: moment(expiresAt, language) })}</p>
      {link === null ? null : <pre>{link}</pre>}
    </div>
  ))
}
