// Source: a logistic regression over letter triples and Sabil's own word lists (L2, C = 0.3), learnt from stretches of one to
// four words of SIB-200 (CC-BY-SA 4.0) and of Sabil's hand-written records, 65,000 words a language, and from 15,000 words
// a language of the Snowball project's vocabularies (BSD licence), with and without accents; 2026-11. Nothing that language
// identification is measured on was read. The 3,000 triples that tell most.

/// How much three letters in a row speak for English, French and Spanish.
struct LetterSequences: Sendable {
    /// Entries of six characters: the triple (`_` is the edge of a word), then one letter a language in the order
    /// English, French, Spanish: quarters of a natural logarithm above (`n`, `o` …) or below (`l`, `k` …) their mean,
    /// `m` being 0.
    static let triples = """
        _a_seo _aamln _abmmm _aclmn _admml _afmnm _agmlm _aimmm _almkn _amlnm _annlm _apmlo _armnl _asnkm _atmmm _aummn
        _avlnm _awnmm _aylmn _añllo _banml _beoll _bionj _blnml _bonml _brnmm _bunnk _bymmm _bâmnm _bémnm _c_mmm _canmm
        _cemlm _cfmnm _chnml _cilmn _cloll _comln _crmmm _cumko _cynml _cámmn _célnm _cómmm _cômnl _d_irl _danml _demmm
        _dimmm _domnl _droll _dummm _dékrj _dímmn _dómln _e_mnl _eanml _ecmmm _edmmm _eemln _eflnm _egmmm _ejmln _elmkn
        _emmmn _enmnl _eqmmn _ernmm _esjkr _etlom _evmln _exmmm _fannk _fenml _finml _flnml _fonnk _frnml _fumlm _fémnm
        _fómmn _ganml _genlm _ginlm _glmmm _gomln _grmmm _gunmm _gélnl _hamln _heolm _hinkn _honkn _hunlm _hymmm _hémnm
        _hômnl _ialln _idmmm _igmmm _ilnmm _immmm _inmmm _irmmm _isnlm _itnml _janml _jemnm _jomnm _jummm _kanmm _keoll
        _kimmm _knoll _krmmn _l_mmm _laooj _lenlm _linml _llkkq _lonnk _lunln _lélnl _límln _m_mmn _mammm _memmm _minlm
        _monnl _mullo _mymml _mámmn _mèmnm _mékpl _mêmmm _mímmn _n_mlm _nammm _nbmnm _nenll _ninlm _nommm _nunmm _nélnm
        _númmn _o_mmm _oamlo _oblln _ocmmm _ofmln _oimln _ollmn _onnll _opnlm _ornln _otmmn _ounnk _ovnmm _p_mmm _pamln
        _pelmm _phnnk _pimln _plmok _pommm _prmnm _pumln _pèmnm _pélol _púmmn _qunkn _ranml _remml _rinml _rommm _ruolm
        _réjrj _rímmn _s_nlm _sanmm _scpmk _semkn _sholl _simlm _sknml _sloll _smnml _snnll _somml _spomk _sqoll _stomk
        _sumln _swnll _symml _sélol _símmm _tammm _temmm _thplk _tioll _tonlm _trmln _tumml _twplk _tymml _télnm _têmnl
        _unqlj _upnlm _urlmn _usoll _utlmn _vanlm _vello _vimmm _volol _vulmm _vélnl _waqkk _weqjl _wholm _wiokm _wopll
        _wrolm _y_lfu _yeoll _yommm _zamnl _zenmm _zommm _à_lpk _éckpl _édmmm _égmnm _élkpl _émmnm _éplnl _éqmnm _étkqk
        _évlol _ínmln aacllo abalkp abbnmm abemln abimmm ablmml abolmn abrlln absmmm abummn ac_mmm acallo accmnl achmmm
        acilkp ackoll aclmnm acomln acqnmm acrmmm actnmm acukjr acémnl ad_nln adaklp addoll adeoll adimmm adokkq adrlmn
        adsmmm adummm advnlm adynmm ae_nlm aermmn afammm afenmm affnml afimmm afommn aftnlm agalmn ageooi aggnmm agilnm
        agnmok agommm agrmmm agumln agémnm ahamnl ahimnm ai_kpl aiblnm aidnml aiekpl aigmnm ailmml aimmnl ainpni airnnk
        aislqj aitlpk ajallo ajelkp ajommm ajummn ak_nmm akamnl akepkl akimmm al_oll alalmm albmlm alclmn aldmmn alejno
        alfnlm alimmn alkmmm allmnl almmln alommm alsoll altmmm alummm alvmmn am_nml amammm ambmln amenkn amilnn ammmnl
        amomln ampnml amsnlm amémnm an_mjo analmn ancmml andnnl anemln angnnl animmm anknll annoml anolmn anqmnl ansmnl
        antlol anummn anynmm anzmmn ançmmm aoulnl ap_nmm apamln apenmm aphmml apimnm aplmmm apolmn appnoj aprlln apsnmm
        aptmmm apummm aqulmn ar_miq aramln arbmmm arcmnl ardlpk arenko arfmnl argnlm arinml arknlm arlmln armnlm arnmmm
        aroklp arpmmm arqmnm arrmln arsmln artnlm aryoll arzmln arákkp arémmm arílmn as_kjr asallo asemln ashmmm asillo
        asknml aspmmm assnoj astoll asumlm at_mpj atamln atcmnl aterjl athnml atinml atonml atrlmn atslnl attnnk atummm
        au_lpk aucmnm audlnm augmmm aulnmm aunnmm aurmmm ausmmm autlnl auvmnm auxlol avalnm avenll avimnm avonlm avéllo
        aw_nlm awanmm awnmmm axemml aximmm ay_pkk ayalmn ayelnm aymmmm ayolln aysoll ayummn ayémnm az_mmm azalln azinll
        azolmn açammm aíslln aînmnm aîtmnl aïemnm aïsmnm aïtmnm añallo añolkp ba_llp babnlm bacnmm badmml baimmm bajlln
        balmmm banlmn barmmm basmml batlmn be_mmn beammm becmmm beemmm begnmm behnmm belnlm benmmm bernkn besmnm betnml
        biammm bicmmm bielol bilnkn binmmm bismmm bitmmm biómmn blammm blemlm blimmm blommm blymmm bo_mln boanmm bodnml
        boimmm bollln bonnml boonml bormmm botmln boumnl bramln brejmp brimln brommm brummm brémnl bs_nlm bsommm bstmmm
        btemmm budmml bulmmm bunmmn burmnl buslmn butnml by_nlm bâtmnm bénmnm ca_kjr cabmln caclmm cadmmm cafmmm caimnl
        cajmmn calnml camlmn canmln capnlm carmln casmmn catnml caulmn cavmmm ccamnm ccilmn ccomnl ccumnl ccèmnm ce_nnk
        ceanmm cedmlm ceinll celmmm cemnll cenmln cerkkp cesmlm cetmmm cevmnl ch_plk chalnn chelol chimmm chnmml cholmn
        chummm chynml chélol ci_mmm cialkp cibmmn cidlmm cienlm cilnmm cimmmm cinmmm ciojjs cipmnl cirmln cisnml citmmm
        ciummn ciémmm ciókkq ck_pkl ckammm ckemmm cklnlm cksmmm clammm clenml clinlm clonml clunmm co_kjr coanlm coblmn
        cocmmm codmmm cogmln cohmmm colmmm comnln conmmn coommm copmnl cornmm cosmln cotlnm coumpk covnmm coïmnm cqummm
        cranmm cremln crimmm cronnl crummm crélol cs_mok ct_pmj ctammm ctelol ctimnl ctomln ctrmmm ctsnlm ctulmn ctémnm
        cuamln cubmln cuello cuimnm cullnm cummlm cunmmm cupmmm curnlm cusnmm cutlkp cy_oml cycmml cèsmnl cé_lpl cédlnm
        céemnm célmmm cérmnl césmln cíammn có_llo côtmml da_kjr dabmmn dadkjr dagmml dailnm dakmnl dalmmm damnmm dannmm
        darlmn dasllo datmnl davmnm dayoll ddenmm ddinml ddlnmm de_mpj deanlm debmln decnkn dedmlm deemmm defnln dejmln
        delnln demmnl denmmn deommm depnkn dermkn desknn detmmm deulol devmol dezmmm dgeoll di_mol dialnm dicmmn didmmm
        dielln difmmm digmmm dinoll diommn dirlmn disnlm ditmnl divmmm dixlol diómmn dleoll dlynmm dmimmm do_jit docmln
        dollnl domnml donmnl doonmm dopmnl dorllo doslkp doulnl dowmmm drannl drelnm drimml dronml drunmm drálln ds_pmj
        du_lpk duamlm ducmln duemnl duilnl dujmmn dulmlm durmmm duslnm dvimlm dy_okl dé_lol débmmm déclnl délmnm démmnl
        dépmnl dérlnl désmnm détmmm dévmmm díalln dó_mln dólmmn ea_llo eacmmm eadolk eaknml ealnlm eamnlm eanoll eapnmm
        earpkl easpkl eatoll eaulpk eavnlm ebammn ebemmm ebimmm eblmmm ebommm ebrmmm ec_lnm ecamln eccmln ecelko echlmm
        ecimjp ecknmm eclmmm econlm ecrmmm ectmml ecumlm ed_tii edallo edemko edgnmm edinln edlmmm edolln edumln ee_lol
        eecnmm eedmmm eeknll eemmlm eennll eepnml eernlm eesmnl eetnll ef_nmm efamlm efemln effmnl efimln efommm eftnmm
        efunml egamln egenmm eginln eglmmm egnmmm egomln egrlmn egumko egómln ehammm ehemmm ehommm eidmmn eignml eillpk
        einlnm eirmmm eismln eitmmm eivnml ejallo ejemmn ejolmn ek_nmm eksmmm el_mkn elalln eldnmm elemko elinlm ellmnl
        elomln elpnmm elsmnl eltnmm elvmmm elynml elélnm em_nmm emammm embmml emelnm emilnm emmmnm emonln emplnm emsnmm
        en_mln enalmn encmmm endmmm enemjp enfmmm engmln eninml ennlnm enomln enrmmm ensmmm entmmm enulol envlol enynmm
        enzmmm enémnm enímmm eo_llo eonnml eormmm ep_nml epanml epemln epimln eplnmm epommn eprmmm eptmnl epummm equmko
        er_noj eralnm ercmmm erdlmn eremln erfmlm erglmm erimlo erlmmn ermlnm ernnlm erolkp erpmmm errknm ersomk ertlmm
        erunmm ervnml erynll erámln erçmnm erílmn es_mok esallo esclmn esenjo esgmmn eshnmm esinko esolmn espmmn essqoh
        estmnm esumlm et_ooi etalln etcmmm etemko etholl etimln etolmn etrnlm etslnm ettmok etummm eu_lnl eufmnl euimnl
        eullol eunmmm eurjsj euslpk eutmnm euvlnl euxlpk evamln evenlm evimln evolmm evrmmm evémnl ew_oll ewemmm ewsmmm
        ex_mlm exammm excnmm exemnl exilmn exommn expmmm extnll exémnm ey_mko eyemlm ez_iqn ezallo eñallo eñolln eó_mmn
        eúnmmn facmml faimnl fallln fammmm fanmmm farnll fasmmm faumnl favmmm fe_nml feanmm fecmmn fedmlm feemmm felmmm
        fenmml fernlm fesmmm fetmmm ff_nlm ffammm ffenml ffinnk fflmmm ffrlol ffémnm fiamnm ficmlo fidmmm fiemmm fifnml
        fijmln filmnm finlmn firmln fitnmm fivmmm fixmnl fiélol flammm flimmm flunmm focmmm foimnl folmmm fonlnm foommm
        fornlm founlm foylnm fralnm fremln frilmn fronml frémnm fs_mnl ft_nll ftenmm fuemln fulokl funmln fuslnl fy_nll
        férlnl ga_kkq gabmmm gadmmn gagmnl gaimmm galmnl gamnmm ganmlm garlmm gasmln gatnlm ge_noj geamnl gedmmm gemmmm
        genlln gernmm gesnml getoll geummm ggemmm gh_oll ghamml ghtpkl gicmlm gielmn ginmmm giqmnm girmmn gismnm givnlm
        giómmm glammm glemmm glimnm glommm glymmm glémln gn_nlm gnamml gnelpk gnomnl gnémml go_lkp gobmmn goenlm golmmm
        gonmml goommm gormmm goulnm govnlm gralmo grenlm grimmm gronnl grumln grémmm gs_nml gtolmn guamko guelmn guimmm
        gulmmm gunlln gurmmm gusmmm guémmn gy_nmm gé_lol géemnm génmnm gérmnm gésmmm gíamln gó_lln ha_llo hablmn hacllo
        hadmmm haimmm halnlm hamnml hanmnl hapmmm harmnl hasomk hatmmm haulol havmmm haymmn haïlnl he_lnl heaoll hecmmm
        hednmm heemmm helnlm hemmmm henmmm heroml hesoll hetmml heumnm heylmm hicnmm hiemnl hifmmm hignlm hilmln hinmlm
        hipnlm hirnml hismmm hlymmm hnemln hnimnl ho_llo hodmml hoimnl hololl hommmm honmnl hoonmm hornll hosnml hotnml
        hounml howlnm hoylln hrenlm hronml hs_oll ht_oll htemmm huemmn huimmm hummnm hunnmm hurnlm hy_nlm hydnmm hé_lnm
        hérmnm hésmnm hôpmnm ia_miq iabmmm iacmln iadmmm iagnmm iajmln ialmln ianoll iarlmn iaslmm iatmmm ibamnm ibemln
        ibimln ibllmn ibrlmn ibummm ic_qkk icamln icenml ichknn icilmn icknlm iclmmm icojlp icsnmm ictnml icumml icymmm
        icólln id_pkl idallp iddnmm idenml idgnlm idilmm idollo idélol ie_jti iedmmm iefnlm iegmln ielmnm iemlkp ienjon
        ierioo iesqkj ietnlm ieukpl ievmlm iewnmm iezlmm if_lok ifemmm iffnml ifilnm ifslnl iftnml ifynmm ig_mmm igamln
        igelnm iggnmm ighpkl igilmn ignnok igommm igrmmm igullo igémnm ijammn ijomln ikenlm il_mmm ilamln ildnlm ilemln
        ililmm illmnl ilmmmm ilonml ilsmml ilymmm im_mnl imammn imbmmm imenlm imimmm immmmm imollo impmmm imsnmm imémnm
        in_noj inamln inclmn indnml inennk infmln ingokm inimml inknlm inmmmn innnml inolmn inqlol insnml intonj inumnl
        invmmm inzmnm inélol io_jjs iodmmm iolmmm ionnml iopmmm iormmn ioslmn iouoll ip_nll ipamlm ipemnl ipimmm iplmmm
        ipommn ippmmm ipsmmm iptnmm iqulpk ir_jon iralol ircmmm irdnlm iremoj irilmn irlmln irmlmn iromnm irsmln irtmlm
        irvmln irálln irémnm is_lok isamnl iscmnl iseonk isfmln ishpkl isimmm iskmmm islmmm ismmmn isomml isplnm isqmmm
        issmnl istmln isélol it_nqh italmn itcnmm itemnl ithmlm itimlm itlnlm itolmn itrnmm itsmml ittoll itummn itypkl
        itékqk itímln itólmn iudmmn iumnml iusnmm ivamln ivenmk ivimmn ivollo ivrlnl ivémnl ix_mok ixanmm ixemmm iz_mmm
        izallo izenmm izommn ièmlol ièrlol ié_lpk iéemnm iénmmn iésmnl iétmmm iñommm ió_kjr iónkjr ja_lkp jadmmm jammmm
        janmnl japnml jarmln jasmmm je_llo jecmmm jefmln jermln jesmln jetlom jeumnl jo_llo joinml jonlmm jormlm josmmm
        joulol joynmm judmmm juemmn juglmm juilnl julmmm junnlm jurmmm jó_mln ka_nmm karmnm katmmm ke_oll keenml kenoll
        kepnlm kernlm kesolm ki_mnl kilnml kinnnk klenmm knonll ks_plk ky_nmm la_kmo labmmm lacnnk lagmmm laimok lammmn
        lanmmn lapmlm larnln lasmln latmmm laumlm lavmmm lawmmm laynlm lazmln lcamln lculmm ld_oll ldemlm ldommm ldrmmm
        le_noj leaolm lecmln lednll leenmm lefnmm legmko lejmmn lemmnm lenmmm leonmm lepnmm lermmm lesllo letmnm leulol
        levlmn lexmmm leymkp lf_nlm li_mnl liamml liblnm liclmn lidmln liennk ligmmm liknlm linnlm lionlm liqmml lirlnm
        lismnl litnll livmmm lizllo liémnm lk_nmm ll_pkl llalmn llelom llimok llolln llsmmm llummm llynml llélnl lm_nmm
        lmalmm lmemln lnemmm lo_kkq loanlm locmmm lodmmm logmmn loilpk lommnm lonmnl loomml lopmmm loqmmm lormmm losnln
        lotnmm loummm lowoll loynlm loïmnm lp_nmm lpemmn lqummm ls_pnj lsammm lt_oll ltalmn ltemmm lthmmm ltimmm ltommm
        ltsnlm ltummm ltémmm lu_mml lucmlm ludnlm luemnm lugmln luimmm lulmmm lummmm lupmnl lusmmm lutmnl luymln lvalmn
        lvemln lvimmm ly_tji lèvlnl lé_kpl léemnl léglol lémmnm lépmnm léslmn límmmn línmln ló_lln lógmmm ma_lkp madnlm
        magmmm mainnk majmmm maknlm malnmk manmnm marlmn masmmn matlnl maumnl maymln mbammm mbeoll mbimln mblmmm mbommm
        mbrknn mbummn me_mpj meanlm mednlm meenml meimmm mejlln memnml menllo merlmm mesmmm metlnn meumnm mexmmm mi_mnl
        micmmm mieknn migmmm milmln minlmm mirmmn misnml mitmjp mièmnm mmamnl mmelpk mmioll mmonlm mmumnl mo_kjr modlmm
        moinml monnnl moonmm mosmln motmmm mounmm movmln moymnm mp_nml mpankn mpemmm mplmmm mpomln mprlnm mpsmnl mptnnl
        mpummn mpémnm ms_qkk mucmmm muemmn mulmmm munlmn murmmm musnmm másmmn mátmmm mèrmnm mètmnm mé_lnl médlol méelnm
        ménmmm mérmnl mésmmm métlnm mínmmn mó_lln na_klp nabnlm nacmmm nadlmm naimol nallmn namnlm nanmnl napmmm narmln
        naslmn natmnk naulnm navmmm ncammm ncennj nchnlm ncilln nclmlm ncomln ncsmnl nctmml ncumln ncynml ncélnm nd_qmi
        ndalmn ndeklp ndikmo ndlnlm ndomlo ndrlol ndsoll ndulol ndélol ne_npi neamln necmln nedmmm neemmm nefmmm negmmn
        nelmnm nemmnm nenmln neommm nermln nesklo netnlm neumnl nevmmm nexmmm neymmm nezmnl nfamlm nfemmm nfimmm nfolmn
        ng_rkj ngalmn ngemmm ngimlm nglmln ngomlm ngrmmm ngsnml ngtlnm ngulnm ngélnl ni_lnm nianlm nicmlm nidmmm niemnl
        nifmmm nignml nilmln nimlmn ninnml niomln niqmmm nirlol nismml nitmmm nivlmo nizmln nièmnm niñmmn niómmn njummm
        nk_nlm nkemmm nksnmm nlinmm nmenlm nnamnl nnelok nnimmm nnonml nnumml nnémnl no_jjs nobnmm nocllo noimmm nomlol
        nonmnl normmm nosnml notnml nounml novmmn nowoll noïmnm nq_lnl nqumok ns_pqf nsalmn nscmlm nsemmm nsfmnm nsinkn
        nsommm nspnmm nstmmm nsummm nswnlm nsémnm nt_psd ntallo ntekkq ntholl ntimln ntlnml ntollo ntrlmn ntsnoj ntummm
        ntélol ntímmm ntómln nu_lol nuammm nuemmm nuimnm numnml nunmmm nurnmm nusmnl nutmmm nvammm nvemmn nvimnm nvomnm
        ny_oll nzalmn nzelnm nzómmn nçamnm né_lpk néemnl néglnm nérmnm níammn nó_lln númmmm oacmko oadnml oannlm oarnmm
        oatnmm obammn obemmm obimln objmmm oblmln obommm obrlmn obsmmm obtlmm ocallo occmnl ocemko ochlmn ocimln ocknlm
        ocomlm octmmm ocumln océmnm od_oll odammm odimmm odommm odrmmm odsmmm odummn odynlm oesolm oeumnm of_olm ofelmn
        offnnl ofrlmn oftmmm og_nmm ogamlm ogemmm ogimmm ogommm ogrmmn ogummm ogímmn oi_lok oidlnl oiemnm oigmnm oilnml
        oinmnl oirmok oismoj oitmnl oivmnm oixmml ojalmn ojemnl ok_nlm okenml ol_mlm olamln oldnml olenlm olilnm ollnnk
        olomnl olpmmn olsmmm olumlm olvmlo olymml olémnm olímmn olómmm om_nml omanlm ombknm omenkm ominlm ommnoj omommm
        omplol omsmmm omumln omèmnm on_nnk onallo onclnl ondlok onemiq onfmml ongmnl onjmmm onlmmm onnlqk onomln onqmnl
        onsnnk ontmnk onvlmn onçmnm onómmn oo_mmm oodoll ooknll oolmmm oomnmm oonnlm oopmmm oornml ootmmm op_nlm opammm
        opeoll ophmmm opimmm opommn oppmmm oprmnl opsmnm optmml opummm oqulnm or_pho oralmn orbmmm orcmmm ordmmm oremko
        orglmn orimmm orkmmm orlnml ormmln ornnmm orommm orpmmm orrmln orsoml ortmnl orynml orémnm orímmn os_jhu osalln
        osemnl osillo osolmn ossnml ostnlm osélnl ot_nmk otamln otemln othnml otimmm otonml otrmmm ottmnl otémnm ou_mnl
        ouamnl oubmnl oucmnl oudmnl ouelnl oufmnm ougnml ouilnm oullnl ounoll oupmok ourooi ouspmj outnnk ouvkpk ouémnm
        ov_nlm ovepkm ovinln ow_nml owenmm owlnmm ownnll owsoll oy_mln oyalnm oyelnl oz_mmn ozamlm oïdlol oûtmnl pa_mlo
        pacmln padmln paglmn paioml palnml panolm parlnl paslmm patmmm paummm paynml paílln pañmln pe_mol peaoll pecmnl
        pedmmm peemmm peimnm pellnm pennll peommm peqmmn permlm pesmmm petmmm peumnm pezmmm phamml phemnm phinml phonnk
        phymml picnml pidmln pielmn pilmmm pinmnl piommm pismmm pitmmm planlm plenml plonml plulol plémnm po_lkp pobmmm
        pocmmn podllo poimnl polmmm ponklo poomml popmml pormln poslol potmml poulol pownmm poymmm pp_nmm ppammm ppemnl
        pplnll ppolnl pprmnl ppumnm pramln prenkn primmm prommm prumnm prékqk prêmnm ps_nnk pt_nml ptammm ptemok ptinlm
        ptémnl pu_mnm publmm puello puimmm pulmmm punmmm purnmm pusmmm putnll pé_mnl pécmnm péemnm pérlnl pétlnm púbmmm
        qu_mmm quampj quelnn quimln quonml quélnm quêmmm químln ra_jmp rabmmm racmmm radnlm raemln rafmmm ragnmm rahmml
        rainoj rajmmm ralmmm rammnm ranlmn raplol rarlkp raslol ratmmm raummm ravmmm rawnlm raymmm raznlm raîlnl rbammm
        rcalln rcemlm rchmnl rcilmm rcommm rcummm rd_nnl rdelmn rdimmm rdolmm rdrmnm rdsnnl rdumnm re_lpj reaojn recllo
        redmln reenlm refmmm regnln rehmmm reimmn relmnl remnnk renkom reomln repmml reqnlm rermol reslmn retmnl reulnm
        revmmn rewnlm rezlnm reçmml rfamnl rfimmn rg_mmm rgamln rgemmm rgommn rgumln rgémnm ri_mnl riamln ribmln ricmnl
        ridnlm riemnm rifmnl rilmmm rimllo rinnlm riolmn ripnml rirlmm rismnl ritnml rivnnl rizmlm riémnl riómmn rk_nlm
        rkemmm rkimnl rlammn rldnml rlello rlimmm rlommn rlynmm rm_oll rmakmo rmelnn rmilmn rmommm rmsnlm rmummm rmémnm
        rmólmn rn_oll rnalmm rnelnm rnimml rnmnlm rnolmn rnsnlm rnémnm ro_lkq roanlm roblln rocmnm rodmmn roelmn rofmmm
        rogmnl roilpk rojmmm rolnlm rommnl ronjmp roooll ropmmm rornlm rosmml rotmln roumpj rovmmm rowoll roymmm roïmnm
        rpemnm rpomlm rprmmm rqumnm rrammn rrelmn rrimmm rrommn rrummm rrémnm rrêmnm rs_qoh rsalmn rseklp rshnmm rsilmn
        rsomln rstnlm rsémnm rt_ooj rtamko rteklp rthnml rtilnl rtommm rtsmnl rtummn rtynmm rtémnm rtímmn ru_mnm rucmmm
        rudmnm ruemmm rugmln ruimmm rulnlm rummlm runmml rupmln rusnml rutmmm rvamln rvemmm rvimnl rwanml ry_rkj rzammm
        rzomln rá_kkq ránllp rásmln rèsmnm ré_kpl réalnl réclnm rédlnm réelpl réfmnm réglnm réplol réqmnm réskqk rétlnm
        réummm révmnl réémnl rêtlol ríakkp ríommn ró_llo rónmmn sa_klp sabllo saclnm sadmmm safnml sagmnm saimnl salmln
        sanmnl sarlmn sasmmm satmmm saumnl savnmm saynmm scammm scemml schmmm scinlm sconml scrnlm sculmn se_mnm seaoll
        secnml sedmmm seenml seglln seilmn selnlm semlom senmnm sepmnl serlol sesokn setokm seulpk sevnll seymmm sezlnm
        señllo sfemmn sfommm sh_oll shaoll sheoll shinmm shommm si_lnl sianmm sibmln sicmmm sidokm siemmm siflnm sigmln
        sillmn simmnl sinmnm siommm sirmln sismko sitnlm sivmmm sixnml siólln sk_nmm skinml sksnmm slamln slonmm slynmm
        sm_nll smanmm smemnl smimmn smollo snanmm so_kkq sobmmm socnlm sofmmn soilol solmmm somnmm sonnml sorlnm soslln
        sotmmm soulol spemml spinmm splmlm sponml spummm spémnl squnml ss_rjk ssamok sselqj ssinoj ssommm ssumnl ssélol
        st_ski stalmn stelnm stimmm stlnmm stommm strmln stsokl stunlm stynmm stámmm stèmnm stémmm stómmn su_mmm suamln
        subnmm sucmmm sudmmm suemln sufmmm suimnl sujmmm sulnml sumnkn supmmn surnnl suslnm swenlm sy_nmm sé_kqk sécmmm
        séelol séslnl só_lln ta_jlq tabmmm taclnm tadllo tafmmm tagmml taimol taknlm tallnn tammmn tanlmn tarllo tasllo
        tatnnk taumnm taymmm tchoml te_kpl teamlm tecmln tedoll teeoml tegmln teilnm telmmm temmml tenlmm teommn tepmmn
        ternml tesknn teukpl texmml tezmnl th_qkk thanml thepll thioll thonml thrnlm thsoll thélnm ti_mnl tianml ticnkm
        tidmln tiemln tifmnl tiglmn tilmln timoll tinnml tiopoh tiqmnl tirlln tismmm titnmm tivklo tizmln tièmnm tiómmn
        tleokm tlynll tmenlm tnenmm to_lis tobnml tocmmm todnmm toilnl tolmmm tomlmn tonlnm toonlm topnlm tornko toslmn
        toulol trammn trelnm trinml trolmm trummn trynlm trámln trélnl ts_qof ttamnl ttenoj ttinmm ttlnlm ttomml ttrmnl
        tu_mnm tualmn tubmln tudmln tuelol tugmln tuimmm tulmmn tunmml turnmm tusmmm tutnlm tuvmln tuymmn tuélnl twemmm
        twinmm twooll ty_rkj typmml tánmmn tèrmnm té_juh téemnl tégmmm téllnm térlnm téslol têtmnl tí_mln tíammn tó_kkp
        tôtmmm ua_lmm uacmmm uadmmm uagnlm uaimmm ualmko uanlnm uarnlm uatmmm uaymmn ub_mmm ubbnmm ubimmm ubllnl ubrllo
        ubsmmm uccmmm ucenln ucimln ucknlm uctlnm ud_mmm udamln udemmm udgnml udilmm ue_kpl uebmmm uedllo ueemmm uegmmn
        ueimnm uellmn uenmln uerlnm uesmmm uetmmm ueummm uevllo ueñmln uf_mnl uffmnl ufrmmn ug_nmm ugamln ugemmm ugholl
        ugimmm ugommn ugumln ui_lnm uicmml uidmmm uiemmn uillol uinkol uipmmm uirmln uismnm uitlol uivmnl ujelmm ujommn
        ul_nnl ulankn uldmmm ulemnk ulilnm ullnmm ulommn ultnml ulémnm um_omk umammm umbnlm umemlm umimmm ummnlm umommm
        umpnlm umsnmm umémnl un_nnj unalmn uncokm undmkn unennl unfmmm ungmmm unilmn unnlmm unsnmm untojn uo_mmn uotmml
        up_nll upalmm upelnm upomln uppmnl upsmmm uptmmm upélnm ur_nnk urallo urcmmm urdmml ureooj urinml urkmnl urnnnl
        urommm urpmmm urrmmm urslnl urtmmm urulmm urvnml urélnm us_qnh uscmmm usennj ushmmm usilmn uslnmm usommm uspmnm
        usslnl ustmmn usémnm ut_noj utammm utemmm uthnlm utimmm utollo utrmmm utsnmm uttmml utummm utémnm uvekqk uvimmm
        uvommn uvrmmm ux_ksj uy_mmm uyelln ué_lol uéelnm uésmmn uêtmmm uíammn va_kkp vaimnl valmlm vanlnm varmln vaslmn
        vatnlm vaummm ve_nmk vealnl veclmn vedmmm veimmm velnlm venmnl verlnm vesnlm vetmmm veumnl veymmm vezlko vi_mmm
        vialko vicmmm vidmmm viemln vilnmm vinmnl virmol vismmm vitmmm vivmmn viómln vo_kkq vocmln voimnl vollnm vonmnm
        vormmm vosmmm votmmm vounml voylnl vralnm vremnl vrimnl vu_mnm vuelmm vy_nmm vé_mnl véemmm vérmnm vésllo víammm
        vó_mmn wagmmm wainlm walmmm wannml warokm waynml weammm wedmmm weenll welmlm wennlm werolm whammm whenll whimmm
        whonlm widnmm winnmm wismmm witnlm wn_nll wo_oll womnml woonmm woroml wrinlm ws_oll xannmm xcenlm xe_mnm xesnml
        xicmmm xiglmm ximmln xismmn xièmnm xpammm xpenlm xplmmm xpommm xprlmm xpémnm xt_nml xtemnm xtommn xtrnlm ya_mmn
        yaglnm yanmmm yclmml ye_mmm yeaoll yecmmn yenlnm yermmm yesmmm yinnmm ymemmm ympmmm yo_mmn yonmmm yorlln younmm
        ypemml yrinmm ys_pll ysimmm yudmmn yé_mnm yó_mmn za_lkp zacmmm zadmmn zamnlm zanmmm zarllo zasmmm zcammn ze_mnl
        zilnml zo_llp zó_lln án_kkq ándmmn ás_mln átilmn âchmnm ât_lol çaimnm çoimmm çonlnl çu_mnl ècemmm èdemnm ègemnm
        èlemnm èmelol ènelnm èrekrk ès_mnl èselnm ètemnm ètrmnm èvelol éalmnl éanlnm ébammm ébrmmm écammm écemnm échlnl
        écilnl éclmnl écomnl écrlnm éculnm édammm édemnm édilol édulnm édémmm ée_juh éeskrk éfimmm égalol égilnm églmnm
        égomnm égumnm élalnm élelnm élilnm élèmnm élélol émelnm émilnl émomnm én_mmm énalnl éndmmm énemmm énimnm énomnm
        énélol épamnl épemnm éphmnm épilnm éplmmm épomnm éprmmm équlol érakpl érelom érikpl érolok érélol és_iqm ésemnl
        ésilol ésomnm ésummm étalol ételnm éthmmm étilnm étommm étrlnm étumnm étélol évammm évemnm évimnm évomnl êchmnm
        êmemmm êt_lnm êtelol êtrmmm ía_jiu íanllo íasmmn ícummn ílimml ín_lln índmln ínemln ínimmn ío_mln ís_llo ísimmm
        ístmmm ît_lnl îtrmnm ïdelol ïqumnm ña_llo ñalmmm ño_klp ñosmln ógimmm ólammn ón_jit ónimmm ôlemmm ôpimnm ôt_mnl
        ôtenml úblmmm últmmn úmemmm ún_mmm únemmn ût_mnm ûtemnm
        """

    /// Places of an open-addressed table, twice the triples and more; a power of two.
    private static let placeCount = 1 << 13

    /// Three code points of 21 bits, first highest; 0 = free.
    private var keys = [UInt64](repeating: 0, count: placeCount)
    /// In quarters of a natural logarithm; the fourth is unused.
    private var weights = [SIMD4<Int8>](repeating: SIMD4(repeating: 0), count: placeCount)

    init() {
        for entry in Self.triples.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let scalars = entry.unicodeScalars.map(\.value)
            guard scalars.count == 6 else { continue }
            let key = Self.key(scalars[0], scalars[1], scalars[2])
            let levels = scalars[3...].map { Int8(truncatingIfNeeded: Int($0) - 0x6D) }
            let place = place(of: key)
            keys[place] = key
            weights[place] = SIMD4(levels[0], levels[1], levels[2], 0)
        }
    }

    /// The weights of all triples of a word, an edge before and behind it.
    func sum(over letters: [UInt32]) -> SIMD4<Int16> {
        var sum = SIMD4<Int16>(repeating: 0)
        var (before, last): (UInt32, UInt32) = (0, 0x5F)
        func add(_ letter: UInt32) {
            if before != 0 {
                sum &+= SIMD4<Int16>(truncatingIfNeeded: weights[place(of: Self.key(before, last, letter))])
            }
            (before, last) = (last, letter)
        }
        for letter in letters { add(letter) }
        add(0x5F)
        return sum
    }

    /// Where a triple is, or the free place where it would be: its weights are 0.
    private func place(of key: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 51)
        while keys[place] != key, keys[place] != 0 { place = (place + 1) & (Self.placeCount - 1) }
        return place
    }

    private static func key(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt64 {
        UInt64(first) << 42 | UInt64(second) << 21 | UInt64(third)
    }
}
