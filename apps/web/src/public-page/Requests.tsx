import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Reason } from './Reason.tsx'

type Disclosure = Output<'disclosure.list'>
type Request = Disclosure['requests'][number]
interface Shown {
  readonly request: Request
  readonly documents: Disclosure['documents']
}

const stale = ['disclosure.list'] as const
const spans = [7, 14, 30, 90] as const
const widths = ['none', 'customers', 'auditors'] as const

/** Who asked for what is not public, and what became of it. */
export function Requests({ requests, documents }: Pick<Disclosure, 'requests' | 'documents'>) {
  const { t } = useTranslation()
  return (
    <section className="section" aria-labelledby="requests">
      <h2 id="requests">{t('public.requests')}</h2>
      {requests.length === 0 ? <p className="quiet">{t('public.noRequests')}</p> : null}
      <ul className="rows">
        {requests.map((request) => (
          <OneRequest key={request.disclosureId} request={request} documents={documents} />
        ))}
      </ul>
    </section>
  )
}

function OneRequest({ request, documents }: Shown) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('room:write')
  const { disclosureId, name, organisation, email, state, endsAt, askedAt, acceptedAt, uses } = request
  const [link, setLink] = useState<string | null>(null)
  const revoking = useChange('disclosure.revoke', { stale, quiet: true })
  const titles = new Map(documents.map(({ documentId, title }) => [documentId, title]))
  return (
    <li className="row">
      <div className="row-main">
        <span className="row-title">
          {name}, {organisation} <span className="quiet">({email})</span>
        </span>
        <p className="public-text">{request.reason}</p>
        <p className="note quiet">
          {t('public.asked', { moment: moment(askedAt, language) })} · {t(`public.state.${state}`)}
          {state === 'granted' ? ` · ${t('public.ends', { day: day(endsAt, language) })}` : null}
          {acceptedAt === null ? null : ` · ${t('public.accepted', { moment: moment(acceptedAt, language) })}`}
        </p>
        {uses.length === 0 ? null : (
          <details className="note">
            <summary>{t('public.taken', { count: uses.length })}</summary>
            <ul>
              {uses.map(({ at, what }, index) => (
                <li key={`${at}-${String(index)}`}>
                  {moment(at, language)}:{' '}
                  {what === 'edition' ? t('public.edition') : (titles.get(what) ?? t('public.gone'))}
                </li>
              ))}
            </ul>
          </details>
        )}
        {mayWrite && state === 'asked' ? <Decide request={request} documents={documents} onLink={setLink} /> : null}
        {link === null ? null : (
          <TextInput
            label={t('public.link')}
            description={t('public.linkHint')}
            value={link}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
        {mayWrite && state === 'granted' ? (
          <Reason
            label={t('public.revoke')}
            about={t('public.revokeWho', { name })}
            isPending={revoking.isPending}
            error={revoking.error}
            onReason={(reason) => revoking.mutate({ disclosureId, reason })}
          />
        ) : null}
      </div>
    </li>
  )
}

/** Granting or declining; where no mail is sent, the link is handed up to be shown once. */
function Decide({ request: { disclosureId }, documents, onLink }: Shown & { onLink: (link: string | null) => void }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [width, setWidth] = useState<(typeof widths)[number]>('none')
  const [days, setDays] = useState<number>(14)
  const [answer, setAnswer] = useState('')
  const granting = useChange('disclosure.grant', { stale, quiet: true, onDone: (output) => onLink(output.link) })
  const declining = useChange('disclosure.decline', { stale, quiet: true })
  return (
    <>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          granting.mutate({
            disclosureId,
            days,
            audience: width === 'none' ? null : width,
            documentIds: [...chosen],
          })
        }}
      >
        <Checkbox.Group label={t('public.give')} value={[...chosen]} onChange={setChosen}>
          {documents
            .filter(({ audience }) => audience === 'request')
            .map(({ documentId, title }) => (
              <Checkbox key={documentId} value={documentId} label={title} mt="xs" />
            ))}
        </Checkbox.Group>
        <NativeSelect
          label={t('public.width')}
          value={width}
          onChange={(event) => setWidth(widths.find((one) => one === event.currentTarget.value) ?? 'none')}
          data={widths.map((one) => ({ value: one, label: t(`public.widths.${one}`) }))}
        />
        <NativeSelect
          label={t('public.days')}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={spans.map((count) => ({ value: String(count), label: t('grant.days', { count }) }))}
          error={granting.error ? sentenceOf(granting.error, t) : undefined}
        />
        <Button type="submit" loading={granting.isPending}>
          {t('public.grant')}
        </Button>
      </form>
      <details className="public-more">
        <summary>{t('public.decline')}</summary>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            declining.mutate({ disclosureId, answer: answer.trim() === '' ? null : answer.trim() })
          }}
        >
          <Textarea
            label={t('public.answer')}
            description={t('public.answerHint')}
            value={answer}
            onChange={(event) => setAnswer(event.currentTarget.value)}
            error={declining.error ? sentenceOf(declining.error, t) : undefined}
            maxLength={1000}
            autosize
            minRows={2}
          />
          <Button type="submit" loading={declining.isPending}>
            {t('public.declineNow')}
          </Button>
        </form>
      </details>
    </>
  )
}
