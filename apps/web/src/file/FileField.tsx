import { Button, TextInput } from '@mantine/core'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useTenant } from '../api/use-api.ts'
import { FileLine } from './FileLine.tsx'
import './file.css'
import { accepted, largestMiB, sendFile } from './send.ts'
import type { FileView } from './send.ts'

interface Sending {
  readonly key: string
  readonly name: string
  readonly sent: number
  readonly problem: string | null
}

/**
 * Files that are brought for what a form is about: each is uploaded at once and belongs to nothing until the form is saved.
 *
 * @param onBusy  told whether something is still on its way, so that the form can wait
 */
export function FileField({
  label,
  required = false,
  value,
  onChange,
  onBusy,
}: {
  label: string
  required?: boolean
  value: readonly string[]
  onChange: (fileIds: string[]) => void
  onBusy?: (isBusy: boolean) => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [namesFor, setNamesFor] = useState('')
  const { sending, known, start, leave, forget } = useUploads(value, onChange, namesFor.trim(), onBusy)
  const files = value.flatMap((fileId) => known.get(fileId) ?? [])
  return (
    <div
      className="file-field"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        start([...event.dataTransfer.files])
      }}
    >
      <div role="group" aria-labelledby={id} className="file-group">
        <p id={id} className="file-label">
          {label}
          {required ? <span aria-hidden> *</span> : null}
        </p>
        {files.length === 0 ? null : (
          <ul className="files">
            {files.map((file) => (
              <FileLine key={file.fileId} file={file}>
                <button
                  type="button"
                  className="text-button"
                  aria-label={t('file.removeOf', { name: file.name ?? '' })}
                  onClick={() => onChange(value.filter((one) => one !== file.fileId))}
                >
                  {t('file.remove')}
                </button>
              </FileLine>
            ))}
          </ul>
        )}
        {sending.map((one) => (
          <OnItsWay key={one.key} sending={one} onLeave={() => leave(one.key)} onForget={() => forget(one.key)} />
        ))}
        <input
          ref={input}
          type="file"
          multiple
          className="hidden"
          tabIndex={-1}
          aria-label={label}
          accept={accepted}
          onChange={(event) => {
            start([...(event.currentTarget.files ?? [])])
            event.currentTarget.value = ''
          }}
        />
        <div className="file-choose">
          <Button size="compact-sm" onClick={() => input.current?.click()}>
            {t('file.choose')}
          </Button>
          <p className="note quiet">{t('file.hint', { limit: largestMiB })}</p>
        </div>
        <details className="file-names">
          <summary>{t('file.names')}</summary>
          <TextInput
            label={t('file.namesFor')}
            description={t('file.namesForText')}
            minLength={3}
            maxLength={500}
            value={namesFor}
            onChange={(event) => setNamesFor(event.currentTarget.value)}
          />
        </details>
      </div>
    </div>
  )
}

function OnItsWay({
  sending: { name, sent, problem },
  onLeave,
  onForget,
}: {
  sending: Sending
  onLeave: () => void
  onForget: () => void
}) {
  const { t } = useTranslation()
  if (problem !== null)
    return (
      <p role="alert" className="bad file-problem">
        <strong>{name}</strong> {problem}{' '}
        <button type="button" className="text-button" onClick={onForget}>
          {t('file.dismiss')}
        </button>
      </p>
    )
  return (
    <div className="file-sending" role="status">
      <span>{t(sent < 1 ? 'file.sending' : 'file.looking', { name })}</span>
      <progress aria-label={t('file.progress', { name })} max={1} {...(sent < 1 ? { value: sent } : {})} />
      <button type="button" className="text-button" onClick={onLeave}>
        {t('action.cancel')}
      </button>
    </div>
  )
}

/** What is on its way, and what arrived. */
function useUploads(
  value: readonly string[],
  onChange: (fileIds: string[]) => void,
  namesFor: string,
  onBusy: ((isBusy: boolean) => void) | undefined,
) {
  const { t } = useTranslation()
  const tenant = useTenant() ?? ''
  const [sending, setSending] = useState<readonly Sending[]>([])
  const [known, setKnown] = useState<ReadonlyMap<string, FileView>>(new Map())
  const under = useRef(new Map<string, AbortController>())
  // Several arrive one after the other, each after the form has drawn the one before.
  const ids = useRef<readonly string[]>(value)
  useEffect(() => {
    ids.current = value
  }, [value])
  const update = (key: string, change: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const forget = (key: string) => setSending((all) => all.filter((one) => one.key !== key))
  const send = async (file: File) => {
    const key = crypto.randomUUID()
    const controller = new AbortController()
    const refused =
      file.size === 0
        ? t('file.empty')
        : file.size > largestMiB * 1_048_576
          ? t('file.large', { limit: largestMiB })
          : null
    setSending((all) => [...all, { key, name: file.name, sent: 0, problem: refused }])
    if (refused !== null) return
    under.current.set(key, controller)
    onBusy?.(true)
    try {
      const view = await sendFile(tenant, file, (sent) => update(key, { sent }), controller.signal, namesFor)
      setKnown((all) => new Map(all).set(view.fileId, view))
      ids.current = [...ids.current, view.fileId]
      onChange([...ids.current])
      forget(key)
    } catch (error) {
      if (controller.signal.aborted) forget(key)
      else update(key, { problem: sentenceOf(error, t) })
    } finally {
      under.current.delete(key)
      onBusy?.(under.current.size > 0)
    }
  }
  return {
    sending,
    known,
    forget,
    start: (files: readonly File[]) => {
      for (const file of files) void send(file)
    },
    leave: (key: string) => under.current.get(key)?.abort(),
  }
}
