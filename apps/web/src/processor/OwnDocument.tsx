import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf, useChange, useRead, useTenant } from '../api/use-api.ts'
import { Files } from '../file/Files.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { moment } from '../language/format.ts'
import { measureTitle } from '../catalogue/measure-title.ts'
import { useLanguage } from '../language/use-language.ts'
import { stale } from './processor-view.ts'
import { sendOwnDocument } from './send.ts'
import type { ProcessorView } from './processor-view.ts'

type Documents = Output<'processor.documents'>

/** The processor's own document of measures: its versions, what it says, and what changed. */
export function OwnDocument({ processor }: { processor: ProcessorView }) {
  const { t } = useTranslation()
  const { processorId, state } = processor
  const read = useRead('processor.documents', { processorId })
  const mayWrite = useMay('register:write') && state !== 'ended'
  return (
    <section className="section">
      <h2>{t('processor.document')}</h2>
      <p className="note">{t('processor.documentLead')}</p>
      <Loaded read={read}>
        {(found) => (
          <>
            {mayWrite ? <Upload processorId={processorId} /> : null}
            <Watch processorId={processorId} watch={found.watch} mayWrite={mayWrite} />
            <Versions documents={found} />
          </>
        )}
      </Loaded>
    </section>
  )
}

function Upload({ processorId }: { processorId: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState('')
  const [isBusy, setBusy] = useState(false)
  const send = async (file: File) => {
    setBusy(true)
    setSaid(t('processor.reading'))
    try {
      const filed = await sendOwnDocument(slug, processorId, file)
      setSaid(
        filed.documentId === null
          ? t('processor.sameDocument')
          : t('processor.filed', { count: filed.statements, added: filed.added.length, removed: filed.removed.length }),
      )
      await client.invalidateQueries({ queryKey: keyOf(slug, 'processor.documents') })
    } catch (error) {
      setSaid(sentenceOf(error, t))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="processor-file">
      <input
        ref={input}
        type="file"
        className="hidden"
        tabIndex={-1}
        aria-label={t('processor.fileDocument')}
        accept=".pdf,.docx,.txt,.md,.html,.htm"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) void send(file)
        }}
      />
      <Button loading={isBusy} onClick={() => input.current?.click()}>
        {t('processor.fileDocument')}
      </Button>
      <p role="status" className="note">
        {said}
      </p>
    </div>
  )
}

function Watch({
  processorId,
  watch,
  mayWrite,
}: {
  processorId: string
  watch: Documents['watch']
  mayWrite: boolean
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWatch = useMay('connection:write') && mayWrite
  const [address, setAddress] = useState(watch?.address ?? '')
  const saving = useChange('processor.watch', { stale })
  const looking = useChange('processor.look', { stale })
  return (
    <>
      {watch === null ? null : (
        <p className={watch.outcome === 'not-looked' ? 'bad' : undefined}>
          {watch.lookedAt === null || watch.outcome === null
            ? t('processor.notYetLooked')
            : `${t(`processor.watched.${watch.outcome}`, { at: moment(watch.lookedAt, language) })} ${
                watch.reason === null ? '' : t(`processor.why.${watch.reason}`)
              }`}{' '}
          <span className="quiet">{watch.address}</span>
        </p>
      )}
      {mayWatch ? (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            saving.mutate({ processorId, address: address.trim() === '' ? null : address.trim() })
          }}
        >
          <TextInput
            type="url"
            label={t('processor.address')}
            description={t('processor.addressWatched')}
            maxLength={500}
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <div className="actions">
            <Button type="submit" loading={saving.isPending} disabled={address.trim() === (watch?.address ?? '')}>
              {t('processor.save')}
            </Button>
            {watch === null ? null : (
              <Button loading={looking.isPending} onClick={() => looking.mutate({ processorId })}>
                {t('processor.lookNow')}
              </Button>
            )}
          </div>
        </form>
      ) : null}
    </>
  )
}

function Versions({ documents: { versions, statements } }: { documents: Documents }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (versions.length === 0) return <p>{t('processor.noDocument')}</p>
  return (
    <>
      <ul className="rows">
        {versions.map((one) => (
          <li key={one.documentId} className="row">
            <div className="row-main">
              <p>{t(`processor.origin.${one.origin}`, { at: moment(one.readAt, language), count: one.statements })}</p>
              <Files files={one.files} />
              <Changed title={t('processor.came', { count: one.added.length })} texts={one.added} />
              <Changed title={t('processor.went', { count: one.removed.length })} texts={one.removed} />
            </div>
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('processor.says', { count: statements.length })}</summary>
        <ul className="sentences">
          {statements.map((one, index) => (
            <li key={`${index} ${one.text}`}>
              {one.text}{' '}
              <span className="quiet">{one.measures.map((id) => measureTitle(id, language)).join(', ')}</span>
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

function Changed({ title, texts }: { title: string; texts: readonly string[] }) {
  if (texts.length === 0) return null
  return (
    <details>
      <summary>{title}</summary>
      <ul className="sentences">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </details>
  )
}
