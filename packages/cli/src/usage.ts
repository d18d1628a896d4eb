/** The help of the command. */
export const usage = `loom runs and checks flows without a browser.

  loom run FLOW.json    run a flow and print its results
  loom check FLOW.json  print the issues of a flow; nothing runs

Options of run
  --input NAME=VALUE    set a promoted input, or NODE.PORT of a node; repeatable.
                        VALUE is text where the port takes text, else JSON
  --input NAME=@PATH    give a file to a port of files or bytes, or the JSON in it to any other port
                        (text stays text); repeatable for a list of files
  --out DIR             write each result into DIR: a file, bytes, text, picture or page as it is, else JSON
  --json                print one object on standard output
  --timeout MS          stop the run after this many milliseconds (starting Python is not counted)

Options of check
  --json                print the issues as an array

  --help, --version

Exit codes: 0 all went well, 1 something failed, 2 wrong command line or file, 124 timed out, 130 interrupted.
`;
