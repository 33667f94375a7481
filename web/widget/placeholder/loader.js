console.info('Parley: the site chat is not built. Run "make build" and start the server again.')
