// What the pages of the tests keep for the scripts that are run in them.
declare var room: any;
declare var other: () => any;
declare var met: () => Promise<any>;
declare var seen: any;
declare var got: any;
declare var connection: any;
declare var heard: any;
declare var kept: any;
declare var received: any;
declare var all: any;
declare var words: () => Promise<string>;
