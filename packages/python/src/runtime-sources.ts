import init from '../loom_runtime/__init__.py?raw';
import annotations from '../loom_runtime/annotations.py?raw';
import arrangements from '../loom_runtime/arrangements.py?raw';
import arrays from '../loom_runtime/arrays.py?raw';
import batch from '../loom_runtime/batch.py?raw';
import bell from '../loom_runtime/bell.py?raw';
import calls from '../loom_runtime/calls.py?raw';
import cells from '../loom_runtime/cells.py?raw';
import context from '../loom_runtime/context.py?raw';
import dataframes from '../loom_runtime/dataframes.py?raw';
import definitions from '../loom_runtime/definitions.py?raw';
import dismantling from '../loom_runtime/dismantling.py?raw';
import displays from '../loom_runtime/displays.py?raw';
import events from '../loom_runtime/events.py?raw';
import exact from '../loom_runtime/exact.py?raw';
import faults from '../loom_runtime/faults.py?raw';
import fileForms from '../loom_runtime/file_forms.py?raw';
import files from '../loom_runtime/files.py?raw';
import galleries from '../loom_runtime/galleries.py?raw';
import hiddenModules from '../loom_runtime/hidden_modules.py?raw';
import interrupts from '../loom_runtime/interrupts.py?raw';
import metrics from '../loom_runtime/metrics.py?raw';
import modules from '../loom_runtime/modules.py?raw';
import moving from '../loom_runtime/moving.py?raw';
import output from '../loom_runtime/output.py?raw';
import packages from '../loom_runtime/packages.py?raw';
import parameters from '../loom_runtime/parameters.py?raw';
import plainJson from '../loom_runtime/plain_json.py?raw';
import plainText from '../loom_runtime/plain_text.py?raw';
import portable from '../loom_runtime/portable.py?raw';
import previews from '../loom_runtime/previews.py?raw';
import progress from '../loom_runtime/progress.py?raw';
import questions from '../loom_runtime/questions.py?raw';
import quick from '../loom_runtime/quick.py?raw';
import records from '../loom_runtime/records.py?raw';
import recursion from '../loom_runtime/recursion.py?raw';
import requirements from '../loom_runtime/requirements.py?raw';
import resolving from '../loom_runtime/resolving.py?raw';
import runtime from '../loom_runtime/runtime.py?raw';
import saving from '../loom_runtime/saving.py?raw';
import shapes from '../loom_runtime/shapes.py?raw';
import signatures from '../loom_runtime/signatures.py?raw';
import sizes from '../loom_runtime/sizes.py?raw';
import skip from '../loom_runtime/skip.py?raw';
import sources from '../loom_runtime/sources.py?raw';
import standardStreams from '../loom_runtime/standard_streams.py?raw';
import streams from '../loom_runtime/streams.py?raw';
import summaries from '../loom_runtime/summaries.py?raw';
import tableSource from '../loom_runtime/table_source.py?raw';
import tables from '../loom_runtime/tables.py?raw';
import taking from '../loom_runtime/taking.py?raw';
import taskRuns from '../loom_runtime/task_runs.py?raw';
import tracebacks from '../loom_runtime/tracebacks.py?raw';
import trees from '../loom_runtime/trees.py?raw';
import typeNames from '../loom_runtime/type_names.py?raw';
import values from '../loom_runtime/values.py?raw';
import versions from '../loom_runtime/versions.py?raw';
import wheels from '../loom_runtime/wheels.py?raw';
import work from '../loom_runtime/work.py?raw';

/**
 * The text of every module of `loom_runtime` by its path, such as `loom_runtime/__init__.py`. An executor writes them
 * to a folder on Python's path, so the runtime needs no installation and no request.
 *
 * @example
 * ```ts
 * for (const [path, text] of Object.entries(runtimeSources)) pyodide.FS.writeFile(`/loom/${path}`, text);
 * ```
 */
export const runtimeSources: Readonly<Record<string, string>> = Object.freeze({
  'loom_runtime/__init__.py': init,
  'loom_runtime/annotations.py': annotations,
  'loom_runtime/arrangements.py': arrangements,
  'loom_runtime/arrays.py': arrays,
  'loom_runtime/batch.py': batch,
  'loom_runtime/bell.py': bell,
  'loom_runtime/calls.py': calls,
  'loom_runtime/cells.py': cells,
  'loom_runtime/context.py': context,
  'loom_runtime/dataframes.py': dataframes,
  'loom_runtime/definitions.py': definitions,
  'loom_runtime/dismantling.py': dismantling,
  'loom_runtime/displays.py': displays,
  'loom_runtime/events.py': events,
  'loom_runtime/exact.py': exact,
  'loom_runtime/faults.py': faults,
  'loom_runtime/file_forms.py': fileForms,
  'loom_runtime/files.py': files,
  'loom_runtime/galleries.py': galleries,
  'loom_runtime/hidden_modules.py': hiddenModules,
  'loom_runtime/interrupts.py': interrupts,
  'loom_runtime/metrics.py': metrics,
  'loom_runtime/modules.py': modules,
  'loom_runtime/moving.py': moving,
  'loom_runtime/output.py': output,
  'loom_runtime/packages.py': packages,
  'loom_runtime/parameters.py': parameters,
  'loom_runtime/plain_json.py': plainJson,
  'loom_runtime/plain_text.py': plainText,
  'loom_runtime/portable.py': portable,
  'loom_runtime/previews.py': previews,
  'loom_runtime/progress.py': progress,
  'loom_runtime/questions.py': questions,
  'loom_runtime/records.py': records,
  'loom_runtime/quick.py': quick,
  'loom_runtime/recursion.py': recursion,
  'loom_runtime/requirements.py': requirements,
  'loom_runtime/resolving.py': resolving,
  'loom_runtime/runtime.py': runtime,
  'loom_runtime/saving.py': saving,
  'loom_runtime/shapes.py': shapes,
  'loom_runtime/signatures.py': signatures,
  'loom_runtime/sizes.py': sizes,
  'loom_runtime/skip.py': skip,
  'loom_runtime/sources.py': sources,
  'loom_runtime/standard_streams.py': standardStreams,
  'loom_runtime/streams.py': streams,
  'loom_runtime/summaries.py': summaries,
  'loom_runtime/table_source.py': tableSource,
  'loom_runtime/tables.py': tables,
  'loom_runtime/taking.py': taking,
  'loom_runtime/task_runs.py': taskRuns,
  'loom_runtime/tracebacks.py': tracebacks,
  'loom_runtime/trees.py': trees,
  'loom_runtime/type_names.py': typeNames,
  'loom_runtime/values.py': values,
  'loom_runtime/versions.py': versions,
  'loom_runtime/wheels.py': wheels,
  'loom_runtime/work.py': work,
});
