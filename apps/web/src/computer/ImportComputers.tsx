import { Button, FileInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { ask } from '../api/call.ts'
import { tenantAddress } from '../api/request.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf, useTenant } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'

/** Reads an export of an inventory; each computer in it is judged, and what was not taken is told with its place. */
export function ImportComputers() {
  const { t } = useTranslation()
  const tenant = useTenant() ?? ''
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const importing = useMutation({
    mutationFn: (chosen: File) => {
      // The encryption report of Intune does not say when it was made; the file does.
      const exportedAt = new Date(chosen.lastModified).toISOString()
      const address = tenantAddress(tenant, 'computer.import', { name: chosen.name, exportedAt })
      return ask<Output<'computer.import'>>(address, { method: 'POST', body: chosen })
    },
    onSuccess: async () => {
      setFile(null)
      await Promise.all(
        (['computer.list', 'connection.list', 'system.list'] as const).map((read) =>
          client.invalidateQueries({ queryKey: keyOf(tenant, read) }),
        ),
      )
    },
  })
  return (
    <section className="section" aria-labelledby="import-computers">
      <h2 id="import-computers">{t('computers.import')}</h2>
      <p>{t('computers.importText')}</p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (file) importing.mutate(file)
        }}
      >
        <FileInput
          label={t('computers.file')}
          placeholder={t('transfer.choose')}
          accept=".json,.ndjson,.log,.csv,application/json,text/csv"
          value={file}
          onChange={setFile}
          error={importing.error ? sentenceOf(importing.error, t) : undefined}
          clearable
          clearButtonProps={{ 'aria-label': t('transfer.clear') }}
        />
        <Button type="submit" loading={importing.isPending} disabled={file === null}>
          {t('computers.importSubmit')}
        </Button>
      </form>
      <div role="status" className="computer-imported">
        {importing.data ? <Imported done={importing.data} /> : null}
      </div>
    </section>
  )
}

function Imported({ done: { source, taken, isNew, refused } }: { done: Output<'computer.import'> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <>
      <p>
        {t('computers.taken', { count: taken, source: t(`computers.source.${source}`) })}
        {isNew === 0 ? null : <> {t('computers.ofThemNew', { count: isNew })}</>}
      </p>
      {refused.length === 0 ? null : (
        <>
          <p className="waiting">
            <span aria-hidden>△ </span>
            {t('computers.refused', { count: refused.length })}
          </p>
          <ul className="computer-refused">
            {refused.map(({ place, problem }) => (
              <li key={place.en}>
                {place[language]}: {problem[language]}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
