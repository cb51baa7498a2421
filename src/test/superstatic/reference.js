// Serves the sites of one firebase.json the way firebase-tools does, each on a port of its own:
//   node reference.js DIR     prints the ports as one line of JSON, and ends when its input does
const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { server } = require('superstatic')

const cwd = process.argv[2]
const sites = JSON.parse(readFileSync(join(cwd, 'firebase.json'), 'utf8')).hosting
const listening = sites.map(
  (config) =>
    new Promise((resolve) => {
      const options = { config, cwd, compression: true, stack: 'strict', port: 0, hostname: '127.0.0.1' }
      const http = server(options).listen(() => resolve(http.address().port))
    }),
)
Promise.all(listening).then((ports) => console.log(JSON.stringify(ports)))
process.stdin.on('end', () => process.exit()).resume()
